package org.sandbar.verdict;

/**
 * Counts how many parts came one behind the other, from the first on, in the order of packets. Of all chains that have come as far as a
 * part, the one that began last is kept: it stays longest within the window.
 */
final class Sequence extends Window {
    private final boolean[] reached;
    /** By part: when, and with which packet, the chain that has come so far began. */
    private final long[] begunNs;

    private final long[] begunOrdinals;

    Sequence(long spanNs, int parts) {
        super(spanNs);
        reached = new boolean[parts];
        begunNs = new long[parts];
        begunOrdinals = new long[parts];
    }

    @Override
    void slideTo(long nowNs) {
        for (int part = 0; part < reached.length; part++) {
            reached[part] &= !isOutside(begunNs[part], nowNs);
        }
    }

    @Override
    void add(int part, Object value, long nowNs, long ordinal) {
        if (part == 0) {
            begin(0, nowNs, ordinal);
        } else if (reached[part - 1]) {
            begin(part, begunNs[part - 1], begunOrdinals[part - 1]);
        }
    }

    private void begin(int part, long timeNs, long ordinal) {
        if (!reached[part] || begunNs[part] <= timeNs) {
            reached[part] = true;
            begunNs[part] = timeNs;
            begunOrdinals[part] = ordinal;
        }
    }

    @Override
    int count() {
        int count = reached.length;
        while (count > 0 && !reached[count - 1]) {
            count--;
        }
        return count;
    }

    @Override
    long firstNs() {
        return begunNs[count() - 1];
    }

    @Override
    long firstOrdinal() {
        return begunOrdinals[count() - 1];
    }
}
