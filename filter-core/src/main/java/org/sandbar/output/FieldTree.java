package org.sandbar.output;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sandbar.event.Event;
import org.sandbar.event.Field;

/**
 * The nested JSON objects that a list of fields with dotted paths makes, built once, written for each event; an object of which no
 * field is known is left out. Immutable after building.
 */
final class FieldTree {
    private static final String CUT = "…";
    private static final Decimals DECIMALS = new Decimals();

    /** Weights and their sums are few, and spelling a decimal costs more than the rest of a line's numbers. */
    private static final class Decimals {
        private static final int KEPT = 4_096;

        private final Map<Double, String> known = new ConcurrentHashMap<>();

        String of(Double decimal) {
            String text = known.get(decimal);
            if (text == null) {
                text = decimal.toString();
                if (known.size() < KEPT) {
                    known.put(decimal, text);
                }
            }
            return text;
        }
    }

    private final SerializedString name;
    private final Field field;
    private FieldTree[] children = {};

    private FieldTree(String name, Field field) {
        this.name = new SerializedString(name);
        this.field = field;
    }

    static FieldTree of(String name, List<Field> fields) {
        FieldTree root = new FieldTree(name, null);
        for (Field field : fields) {
            root.add(field, field.path());
        }
        return root;
    }

    private void add(Field added, String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            append(new FieldTree(path, added));
            return;
        }
        String head = path.substring(0, dot);
        FieldTree object = null;
        for (FieldTree child : children) {
            if (child.field == null && child.name.getValue().equals(head)) {
                object = child;
            }
        }
        if (object == null) {
            object = new FieldTree(head, null);
            append(object);
        }
        object.add(added, path.substring(dot + 1));
    }

    private void append(FieldTree child) {
        children = Arrays.copyOf(children, children.length + 1);
        children[children.length - 1] = child;
    }

    boolean isKnown(Event event) {
        if (field != null) {
            return event.get(field) != null;
        }
        for (FieldTree child : children) {
            if (child.isKnown(event)) {
                return true;
            }
        }
        return false;
    }

    /** Writes the members of this object without its braces. */
    void writeMembers(JsonGenerator json, Event event, TimeStamp times, int textLimit) throws IOException {
        for (FieldTree child : children) {
            child.write(json, event, times, textLimit);
        }
    }

    private void write(JsonGenerator json, Event event, TimeStamp times, int textLimit) throws IOException {
        if (field != null) {
            Object value = event.get(field);
            if (value != null) {
                json.writeFieldName(name);
                writeValue(json, field.type(), value, times, textLimit);
            } else if (field.type() == Field.Type.ADDRESS_OR_ANY) {
                json.writeFieldName(name);
                json.writeNull();
            }
        } else if (isKnown(event)) {
            json.writeFieldName(name);
            json.writeStartObject();
            writeMembers(json, event, times, textLimit);
            json.writeEndObject();
        }
    }

    private static void writeValue(JsonGenerator json, Field.Type type, Object value, TimeStamp times, int textLimit)
            throws IOException {
        switch (type) {
            case TIME -> times.write(json, (Long) value);
            case TEXTS -> {
                json.writeStartArray();
                for (Object text : (List<?>) value) {
                    json.writeString(cut((String) text, textLimit));
                }
                json.writeEndArray();
            }
            case ADDRESSES -> {
                json.writeStartArray();
                for (Object address : (List<?>) value) {
                    json.writeString(address.toString());
                }
                json.writeEndArray();
            }
            case ROWS -> {
                json.writeStartArray();
                for (Object row : (List<?>) value) {
                    writeRow(json, (Map<?, ?>) row, textLimit);
                }
                json.writeEndArray();
            }
            default -> writePlain(json, value, textLimit);
        }
    }

    private static void writeRow(JsonGenerator json, Map<?, ?> row, int textLimit) throws IOException {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : row.entrySet()) {
            json.writeFieldName((String) entry.getKey());
            writePlain(json, entry.getValue(), textLimit);
        }
        json.writeEndObject();
    }

    private static void writePlain(JsonGenerator json, Object value, int textLimit) throws IOException {
        if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Double decimal) {
            json.writeNumber(DECIMALS.of(decimal));
        } else {
            json.writeString(cut(value.toString(), textLimit));
        }
    }

    private static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
        return text.substring(0, end) + CUT;
    }
}
