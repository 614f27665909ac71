package org.sandbar.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.sandbar.event.Field;
import org.sandbar.event.Field.Type;
import org.sandbar.event.Field.Unit;

/**
 * A JSON Schema (2020-12) of an object, gathered from all that records may hold; the same member may be described many times. One
 * thread.
 */
final class Schema {
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    /** A member that is a value: what it comes from in this record or that. */
    private record Value(Set<Source> sources, boolean isCollection) {}

    private final TimeStamp.Style times;
    private final Map<String, Object> members = new LinkedHashMap<>();
    private boolean isList;
    private boolean isOpen;

    Schema(TimeStamp.Style times) {
        this.times = times;
    }

    /** The schema of the object that is this member. */
    Schema object(String key) {
        return (Schema) members.computeIfAbsent(key, unknown -> new Schema(times));
    }

    /** The schema of the objects of the list that is this member. */
    Schema list(String key) {
        Schema list = object(key);
        list.isList = true;
        return list;
    }

    /** Members that nobody describes may be there as well. */
    void open() {
        isOpen = true;
    }

    void value(String key, List<Source> sources, boolean isCollection) {
        Value value = (Value) members.computeIfAbsent(key, unknown -> new Value(new LinkedHashSet<>(), isCollection));
        value.sources.addAll(sources);
    }

    /** The schema as a text of JSON. */
    String json(String title, List<String> required, Function<Field, String> example) {
        return write(json -> {
            json.writeStringField("$schema", DIALECT);
            json.writeStringField("title", title);
            writeObject(json, required, example);
        });
    }

    /** That of a line that matches this pattern. */
    static String ofText(String pattern) {
        return write(json -> {
            json.writeStringField("$schema", DIALECT);
            json.writeStringField("type", "string");
            json.writeStringField("pattern", pattern);
        });
    }

    private interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    private static String write(Members members) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new IllegalStateException("writing to memory cannot fail", impossible);
        }
        return text + "\n";
    }

    private void writeObject(JsonGenerator json, List<String> required, Function<Field, String> example)
            throws IOException {
        json.writeStringField("type", "object");
        json.writeObjectFieldStart("properties");
        for (Map.Entry<String, Object> member : members.entrySet()) {
            json.writeObjectFieldStart(member.getKey());
            if (member.getValue() instanceof Value value) {
                writeValue(json, value, example);
            } else {
                Schema object = (Schema) member.getValue();
                if (object.isList) {
                    json.writeStringField("type", "array");
                    json.writeObjectFieldStart("items");
                }
                object.writeObject(json, List.of(), example);
                if (object.isList) {
                    json.writeEndObject();
                }
            }
            json.writeEndObject();
        }
        json.writeEndObject();
        if (!required.isEmpty()) {
            json.writeArrayFieldStart("required");
            for (String name : required) {
                json.writeString(name);
            }
            json.writeEndArray();
        }
        json.writeBooleanField("additionalProperties", isOpen);
    }

    private void writeValue(JsonGenerator json, Value value, Function<Field, String> example) throws IOException {
        Source first = value.sources.iterator().next();
        writeMeaning(json, value);
        if (value.isCollection) {
            json.writeStringField("type", "array");
            json.writeObjectFieldStart("items");
            writeType(json, entry(first.type()), Unit.NONE);
            writeConstants(json, value);
            json.writeEndObject();
            return;
        }
        writeType(json, first.type(), first.unit());
        writeConstants(json, value);
        writeExamples(json, value, example);
    }

    private static Type entry(Type type) {
        return type == Type.TEXTS || type == Type.ADDRESSES ? Type.TEXT : type;
    }

    private static void writeMeaning(JsonGenerator json, Value value) throws IOException {
        List<String> meanings = value.sources.stream()
                .map(Source::meaning)
                .filter(meaning -> !meaning.isEmpty())
                .distinct()
                .toList();
        if (!meanings.isEmpty()) {
            json.writeStringField("description", String.join("; or ", meanings));
        }
    }

    /** Where nothing but constants stands here, these are all that there can be. */
    private static void writeConstants(JsonGenerator json, Value value) throws IOException {
        if (!value.sources.stream().allMatch(Source::isConstant)) {
            return;
        }
        Set<Object> constants = new LinkedHashSet<>();
        value.sources.forEach(source -> constants.add(source.read(null, null)));
        json.writeArrayFieldStart("enum");
        for (Object constant : constants) {
            json.writeObject(constant);
        }
        json.writeEndArray();
    }

    private void writeType(JsonGenerator json, Type type, Unit unit) throws IOException {
        switch (type) {
            case TEXT, ADDRESS -> json.writeStringField("type", "string");
            case NUMBER, DECIMAL -> {
                json.writeStringField("type", type == Type.NUMBER ? "integer" : "number");
                if (unit != Unit.NONE && unit.least() != Long.MIN_VALUE) {
                    json.writeNumberField("minimum", unit.least());
                }
                if (unit != Unit.NONE && unit.most() != Long.MAX_VALUE) {
                    json.writeNumberField("maximum", unit.most());
                }
                if (unit != Unit.NONE) {
                    json.writeStringField("unit", unit.called());
                }
            }
            case FLAG -> json.writeStringField("type", "boolean");
            case ADDRESS_OR_ANY -> {
                json.writeArrayFieldStart("type");
                json.writeString("string");
                json.writeString("null");
                json.writeEndArray();
            }
            case TIME -> {
                if (times == TimeStamp.Style.MILLISECONDS) {
                    json.writeStringField("type", "integer");
                    json.writeStringField("unit", "milliseconds since 1970");
                } else {
                    json.writeStringField("type", "string");
                    json.writeStringField("pattern", times.pattern());
                }
            }
            case TEXTS, ADDRESSES, ROWS -> {
                json.writeStringField("type", "array");
                json.writeObjectFieldStart("items");
                json.writeStringField("type", type == Type.ROWS ? "object" : "string");
                json.writeEndObject();
            }
        }
    }

    private static void writeExamples(JsonGenerator json, Value value, Function<Field, String> example)
            throws IOException {
        List<String> examples = new ArrayList<>();
        for (Source source : value.sources) {
            boolean spelledAlike = source.isPlainField() && source.type() != Type.TIME;
            String known = spelledAlike ? example.apply(source.field()) : "";
            if (!known.isEmpty() && !examples.contains(known)) {
                examples.add(known);
            }
        }
        if (!examples.isEmpty()) {
            json.writeArrayFieldStart("examples");
            for (String known : examples) {
                json.writeRawValue(known);
            }
            json.writeEndArray();
        }
    }
}
