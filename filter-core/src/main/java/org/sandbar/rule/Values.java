package org.sandbar.rule;

import java.util.Arrays;
import java.util.List;
import org.sandbar.event.Event;
import org.sandbar.event.Field;

/** What some fields of an event hold, all of them known, to be compared as one. Immutable, any thread. */
public final class Values {
    private static final Values NONE = new Values(new Object[0]);

    private final Object[] values;
    private final int hash;

    private Values(Object[] values) {
        this.values = values;
        hash = Arrays.hashCode(values);
    }

    /** Null where one of them is not known. */
    static Values of(Event event, List<Field> fields) {
        if (fields.isEmpty()) {
            return NONE;
        }
        Object[] values = new Object[fields.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = event.get(fields.get(i));
            if (values[i] == null) {
                return null;
            }
        }
        return new Values(values);
    }

    public int size() {
        return values.length;
    }

    public Object get(int index) {
        return values[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Values same && hash == same.hash && Arrays.equals(values, same.values);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
