package org.sandbar.protocol.http;

import java.util.Arrays;
import org.sandbar.event.Event;
import org.sandbar.event.Field;

/**
 * What one head said, kept until its event is told: an event bears the packet that told it, and a request waits for its response.
 * Values are copies, as an event holds them. One analyzer's thread.
 */
final class Facts {
    private static final int USUAL = 16;

    private Field[] fields = new Field[USUAL];
    private Object[] values = new Object[USUAL];
    private int count;

    /** Sets a fact that was not set before; the first of a repeated header is the one that is kept. */
    void set(Field field, Object value) {
        if (value == null || get(field) != null) {
            return;
        }
        if (count == fields.length) {
            fields = Arrays.copyOf(fields, 2 * count);
            values = Arrays.copyOf(values, 2 * count);
        }
        fields[count] = field;
        values[count++] = value;
    }

    /** Sets a fact anew. */
    void replace(Field field, Object value) {
        for (int i = 0; i < count; i++) {
            if (fields[i] == field) {
                values[i] = value;
                return;
            }
        }
        set(field, value);
    }

    /** Sets a flag if it is true. */
    void flag(Field field, boolean holds) {
        if (holds) {
            set(field, Boolean.TRUE);
        }
    }

    Object get(Field field) {
        for (int i = 0; i < count; i++) {
            if (fields[i] == field) {
                return values[i];
            }
        }
        return null;
    }

    void fill(Event event) {
        for (int i = 0; i < count; i++) {
            event.set(fields[i], values[i]);
        }
    }
}
