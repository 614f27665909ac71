package org.sandbar.output;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sandbar.event.Field.Type;

/** Writes values as JSON. */
final class JsonValue {
    static final String CUT = "…";
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

    private JsonValue() {}

    /** Texts longer than {@code limit} are cut, and so are lists. */
    static void write(JsonGenerator json, Type type, Object value, TimeStamp times, int limit) throws IOException {
        if (type == Type.TIME) {
            times.write(json, (Long) value);
        } else {
            write(json, value, limit);
        }
    }

    private static void write(JsonGenerator json, Object value, int limit) throws IOException {
        if (value instanceof String text) {
            json.writeString(cut(text, limit));
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Double decimal) {
            json.writeNumber(DECIMALS.of(decimal));
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object entry : list.subList(0, Math.min(limit, list.size()))) {
                write(json, entry, limit);
            }
            json.writeEndArray();
        } else if (value instanceof Map<?, ?> row) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : row.entrySet()) {
                json.writeFieldName((String) entry.getKey());
                write(json, entry.getValue(), limit);
            }
            json.writeEndObject();
        } else {
            json.writeString(value.toString());
        }
    }

    static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
        return text.substring(0, end) + CUT;
    }
}
