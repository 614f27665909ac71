package org.sandbar.capture;

import java.io.Serial;
import org.sandbar.bytes.Limits.Bound;

/**
 * Finds the records of one capture format where they stand in a batch's buffer. It remembers what the file has said so far (byte
 * order, interfaces) and never a position, so that its caller alone decides how much is read at a time. One thread.
 */
abstract sealed class CaptureFormat permits Pcap, Pcapng {
    /** No record that is whole holds more: the largest batch that can be configured. */
    static final int MOST_RECORD_BYTES = Bound.BATCH_BYTES.most();

    /** Nanoseconds that a packet without a time of its own has before any other packet's time is known. */
    static final long NO_TIME = 0;

    /**
     * Adds a row for every whole record of {@code [from, to)}, until the batch is full.
     *
     * @return where the next record begins; beyond {@code to} where the bytes in between are of no interest
     * @throws Flaw where what stands there cannot be a record; rows added before are good
     */
    abstract long index(PacketBatch batch, int from, int to) throws Flaw;

    /** What the record at {@code from} lacks, which {@link #index} found not to be whole in {@code [from, to)}. */
    abstract Need need(byte[] buffer, int from, int to);

    /** The part of a record that is not whole: what it is, where in the record it begins, and how long it would be. */
    record Need(String part, int start, long bytes) {}

    /** Bytes that cannot be what their place in the format asks for. */
    static final class Flaw extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        private final int at;

        Flaw(int at, String what) {
            super(what, null, false, false);
            this.at = at;
        }

        int at() {
            return at;
        }
    }

    /** A length off the file as a number that cannot be negative. */
    static int length(int unsigned) {
        return unsigned < 0 ? Integer.MAX_VALUE : unsigned;
    }
}
