package org.sandbar.output;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.sandbar.event.Event;
import org.sandbar.event.Field;
import org.sandbar.event.Field.Type;
import org.sandbar.output.Mapping.Place;
import org.sandbar.verdict.Alert;

/**
 * The nested JSON objects that a mapping's places make, built once, written for each record. An object within is left out where nothing
 * of it is known but constants, or where a value is not that it must have. Immutable after building.
 */
final class RecordTree {
    private final SerializedString name;
    private RecordTree[] children = {};
    /** Of a value: where it comes from, the first that is known counting; all of them where it is a list of them. */
    private Source[] sources = {};

    /** The field, where the value is that of a field and of nothing else: most are, and so are read at once. */
    private Field field;

    private boolean isCollection;
    private boolean isRequired;
    /** Whether it is the same in every record. */
    private boolean isConstant;
    /** Whether the children are the objects of a list, not the members of an object. */
    private boolean isList;

    private RecordTree(String name) {
        this.name = new SerializedString(name);
    }

    static RecordTree of(List<Place> places) {
        RecordTree root = new RecordTree("");
        for (Place place : places) {
            root.add(place.path(), place.source());
        }
        root.settle();
        return root;
    }

    private void add(String path, Source source) {
        int dot = path.indexOf('.');
        String head = dot < 0 ? path : path.substring(0, dot);
        boolean required = head.endsWith("!");
        int bracket = head.indexOf('[');
        String index = bracket < 0 ? "" : head.substring(bracket + 1, head.length() - 1);
        RecordTree child = child(head.substring(0, bracket >= 0 ? bracket : head.length() - (required ? 1 : 0)));
        if (dot < 0) {
            child.isRequired |= required;
            child.isCollection |= bracket >= 0;
            child.append(source);
        } else if (bracket >= 0) {
            child.isList = true;
            child.child(index).add(path.substring(dot + 1), source);
        } else {
            child.add(path.substring(dot + 1), source);
        }
    }

    private void append(Source source) {
        if (sources.length > 0 && sources[0].type() != source.type() && !isCollection) {
            throw new IllegalArgumentException(name + ": " + sources[0].type() + " and " + source.type());
        }
        sources = Arrays.copyOf(sources, sources.length + 1);
        sources[sources.length - 1] = source;
    }

    private RecordTree child(String wanted) {
        for (RecordTree child : children) {
            if (child.name.getValue().equals(wanted)) {
                return child;
            }
        }
        children = Arrays.copyOf(children, children.length + 1);
        children[children.length - 1] = new RecordTree(wanted);
        return children[children.length - 1];
    }

    private boolean settle() {
        if (sources.length == 1 && !isCollection && sources[0].isPlainField()) {
            field = sources[0].field();
        }
        isConstant = Arrays.stream(sources).allMatch(Source::isConstant);
        for (RecordTree child : children) {
            isConstant &= child.settle();
        }
        return isConstant;
    }

    private Object value(Event event, Alert alert) {
        if (field != null) {
            return event.get(field);
        }
        if (isCollection) {
            return collected(event, alert);
        }
        for (Source source : sources) {
            Object value = source.read(event, alert);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private List<?> collected(Event event, Alert alert) {
        Set<Object> values = new LinkedHashSet<>();
        for (Source source : sources) {
            Object value = source.read(event, alert);
            if (value instanceof List<?> list) {
                values.addAll(list);
            } else if (value != null) {
                values.add(value);
            }
        }
        return values.isEmpty() ? null : new ArrayList<>(values);
    }

    /** Whether it is written. */
    private boolean isKnown(Event event, Alert alert) {
        if (sources.length > 0) {
            return value(event, alert) != null;
        }
        boolean known = false;
        for (RecordTree child : children) {
            if (child.isRequired && !child.isKnown(event, alert)) {
                return false;
            }
            known = known || !child.isConstant && child.isKnown(event, alert);
        }
        return known || isConstant;
    }

    /** Writes the members of this object without its braces. */
    void writeMembers(JsonGenerator json, Event event, Alert alert, TimeStamp times, int limit) throws IOException {
        for (RecordTree child : children) {
            child.write(json, event, alert, times, limit);
        }
    }

    private void write(JsonGenerator json, Event event, Alert alert, TimeStamp times, int limit) throws IOException {
        if (sources.length > 0) {
            writeValue(json, event, alert, times, limit);
        } else if (isKnown(event, alert)) {
            json.writeFieldName(name);
            if (isList) {
                json.writeStartArray();
                for (RecordTree object : children) {
                    if (object.isKnown(event, alert)) {
                        object.writeObject(json, event, alert, times, limit);
                    }
                }
                json.writeEndArray();
            } else {
                writeObject(json, event, alert, times, limit);
            }
        }
    }

    private void writeObject(JsonGenerator json, Event event, Alert alert, TimeStamp times, int limit)
            throws IOException {
        json.writeStartObject();
        writeMembers(json, event, alert, times, limit);
        json.writeEndObject();
    }

    private void writeValue(JsonGenerator json, Event event, Alert alert, TimeStamp times, int limit)
            throws IOException {
        Object value = value(event, alert);
        Source source = sources[0];
        if (value != null) {
            json.writeFieldName(name);
            JsonValue.write(json, source.type(), value, times, source.isFromWire() ? limit : Integer.MAX_VALUE);
        } else if (source.type() == Type.ADDRESS_OR_ANY) {
            json.writeFieldName(name);
            json.writeNull();
        }
    }

    /** Adds what can stand here to the schema of the object. */
    void describe(Schema schema) {
        for (RecordTree child : children) {
            child.describeIn(schema);
        }
    }

    private void describeIn(Schema schema) {
        String key = name.getValue();
        if (sources.length > 0) {
            schema.value(key, List.of(sources), isCollection);
        } else if (isList) {
            Schema items = schema.list(key);
            for (RecordTree object : children) {
                object.describe(items);
            }
        } else {
            describe(schema.object(key));
        }
    }
}
