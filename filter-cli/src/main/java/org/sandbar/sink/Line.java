package org.sandbar.sink;

/**
 * A complete line of a format, without its end, and what a destination may want to know of it. Immutable; the bytes are its own.
 *
 * @param bytes one record, in UTF-8, with no line feed in it
 * @param timeNs the event's time, nanoseconds since 1970
 * @param kind the event's kind, as users write it
 * @param severity as syslog counts it, from 0 for an emergency to 7
 * @param key the flow's community id, or empty where the event is of none
 * @param sequence the line's number at its destination: the same when it is sent again
 */
record Line(byte[] bytes, long timeNs, String kind, int severity, String key, long sequence) {
    private static final int OVERHEAD_BYTES = 96;

    /** What it takes in memory, about. */
    int weight() {
        return bytes.length + OVERHEAD_BYTES;
    }
}
