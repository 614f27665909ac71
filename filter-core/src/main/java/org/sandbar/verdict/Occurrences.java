package org.sandbar.verdict;

import java.util.Arrays;

/**
 * Counts events, or their distinct values, each of which counts by its latest event. Those are kept in the order of their time, and
 * of more than can matter the earliest is left out.
 */
sealed class Occurrences extends Window permits Measures {
    private static final int FEW = 4;

    private final int most;
    private final boolean distinct;
    /** Null where they do not matter. */
    private Object[] values;

    private long[] times;
    private long[] ordinals;
    private int count;

    Occurrences(long spanNs, boolean distinct, int most) {
        this(spanNs, distinct, distinct, most);
    }

    Occurrences(long spanNs, boolean distinct, boolean withValues, int most) {
        super(spanNs);
        this.distinct = distinct;
        this.most = most;
        int few = Math.min(FEW, most);
        values = withValues ? new Object[few] : null;
        times = new long[few];
        ordinals = new long[few];
    }

    @Override
    void slideTo(long nowNs) {
        int kept = 0;
        while (kept < count && isOutside(times[kept], nowNs)) {
            kept++;
        }
        remove(0, kept);
        while (count > 0 && isOutside(times[count - 1], nowNs)) {
            remove(count - 1, 1);
        }
    }

    @Override
    void add(int part, Object value, long nowNs, long ordinal) {
        int known = indexOf(value);
        if (known >= 0) {
            if (times[known] > nowNs) {
                return;
            }
            remove(known, 1);
        }
        int at = count;
        while (at > 0 && times[at - 1] > nowNs) {
            at--;
        }
        if (count == most) {
            if (at == 0) {
                return;
            }
            remove(0, 1);
            at--;
        } else if (count == times.length) {
            grow(Math.min(most, count * 2));
        }
        insert(at, value, nowNs, ordinal);
    }

    private int indexOf(Object value) {
        for (int i = 0; distinct && i < count; i++) {
            if (values[i].equals(value)) {
                return i;
            }
        }
        return -1;
    }

    private void grow(int size) {
        times = Arrays.copyOf(times, size);
        ordinals = Arrays.copyOf(ordinals, size);
        values = values == null ? null : Arrays.copyOf(values, size);
    }

    private void insert(int at, Object value, long timeNs, long ordinal) {
        move(at, at + 1);
        times[at] = timeNs;
        ordinals[at] = ordinal;
        if (values != null) {
            values[at] = value;
        }
        count++;
    }

    private void remove(int at, int many) {
        if (many > 0) {
            move(at + many, at);
            count -= many;
            if (values != null) {
                Arrays.fill(values, count, count + many, null);
            }
        }
    }

    /** Moves all from one place on to another. */
    private void move(int from, int to) {
        System.arraycopy(times, from, times, to, count - from);
        System.arraycopy(ordinals, from, ordinals, to, count - from);
        if (values != null) {
            System.arraycopy(values, from, values, to, count - from);
        }
    }

    final Object value(int index) {
        return values[index];
    }

    @Override
    int count() {
        return count;
    }

    @Override
    long firstNs() {
        return times[0];
    }

    @Override
    long firstOrdinal() {
        return ordinals[0];
    }
}
