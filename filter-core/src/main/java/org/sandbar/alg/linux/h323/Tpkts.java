package org.sandbar.alg.linux.h323;

import org.sandbar.flow.Direction;

/**
 * {@code get_tpkt_data}: the messages of a packet, each behind a header of RFC 1006 section 6 that begins where the packet or the message
 * before it does. One that is not whole in the packet is not read, but for a header that came alone: then the next packet of its sender
 * is the message, unless that is a bare acknowledgement. One thread.
 */
final class Tpkts {
    private static final int HEADER = 4;
    private static final int VERSION = 3;

    private final int[] announced = new int[Direction.values().length];
    private byte[] buffer;
    private int direction;
    private int end;
    private int from;
    private int to;
    private boolean first;

    /** Begins with a packet of at least one byte. */
    void begin(Direction direction, byte[] buffer, int from, int to) {
        this.direction = direction.ordinal();
        this.buffer = buffer;
        this.to = from;
        end = to;
        first = true;
    }

    /** There came a packet without payload. */
    void forget(Direction direction) {
        announced[direction.ordinal()] = 0;
    }

    /** Goes to the next message; false where there is none. */
    boolean next() {
        int left = end - to;
        boolean begins = left >= HEADER && buffer[to] == VERSION && buffer[to + 1] == 0;
        int remembered = announced[direction];
        if (first && !begins) {
            announced[direction] = 0;
            from = to;
            to += remembered;
            first = false;
            return remembered > 0 && remembered <= left;
        }
        announced[direction] = 0;
        int length = begins ? (buffer[to + 2] & 0xff) << Byte.SIZE | buffer[to + 3] & 0xff : 0;
        if (length < HEADER || length > left || !first && left == HEADER) {
            announced[direction] = first && left == HEADER && length > left ? length - HEADER : 0;
            return false;
        }
        from = to + HEADER;
        to += length;
        first = false;
        return true;
    }

    /** Where the message begins. */
    int from() {
        return from;
    }

    /** Where it ends. */
    int to() {
        return to;
    }
}
