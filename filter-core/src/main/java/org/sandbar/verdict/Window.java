package org.sandbar.verdict;

/**
 * What a correlation remembers of one group: how much of what it counts came within a span of packet time. What is further than the
 * span from the event at hand, before or after, is forgotten, so no two events in it are further apart. A late packet counts where it
 * belongs, and where time steps back by more (another capture) it begins anew. One thread.
 */
abstract sealed class Window permits Occurrences, Sequence {
    private final long spanNs;

    Window(long spanNs) {
        this.spanNs = spanNs;
    }

    /** Whether something of that time is too far from now. Just as far as the span is not. */
    final boolean isOutside(long timeNs, long nowNs) {
        return Math.abs(nowNs - timeNs) > spanNs;
    }

    /** Forgets what is too far from now. */
    abstract void slideTo(long nowNs);

    /** Counts an event of this time, which the window has slid to. */
    abstract void add(int part, Object value, long nowNs, long ordinal);

    abstract int count();

    /** What the condition is asked of; only where something counts. */
    double measure() {
        return count();
    }

    /** Time and packet of the earliest event that counts; only where there is one. */
    abstract long firstNs();

    abstract long firstOrdinal();
}
