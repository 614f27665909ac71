package org.sandbar.protocol.tls;

import org.sandbar.bytes.Bytes;

/**
 * Finds the handshake message that begins a direction, which may be cut into any number of records (RFC 8446 section 5.1). A message
 * within one record is a view over the caller's buffer, valid until the next is read; only one that was cut is copied. One analyzer's
 * thread.
 */
final class Handshake {
    /** What came of looking. */
    enum Outcome {
        /** More bytes are needed. */
        MORE,
        WHOLE,
        /** There is no such message. */
        NONE,
        /** It has more bytes than are looked at. */
        TOO_LONG
    }

    static final int CLIENT_HELLO = 1;
    static final int SERVER_HELLO = 2;

    private static final int RECORD_HEADER = 5;
    private static final int HANDSHAKE_RECORD = 22;
    private static final int MAJOR_VERSION = 3;
    private static final int LONGEST_RECORD = (1 << 14) + 2_048;
    private static final int MESSAGE_HEADER = 4;

    private final int mostBytes;
    private byte[] buffer;
    private int from;
    private int to;

    /** Of a message, at most so many bytes are looked at, the headers of its records among them. */
    Handshake(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Whether a record of the handshake begins here, as far as it is there; at least one byte is. */
    static boolean isRecord(byte[] buffer, int at, int to) {
        if (buffer[at] != HANDSHAKE_RECORD || to - at > 1 && buffer[at + 1] != MAJOR_VERSION) {
            return false;
        }
        if (to - at > 2 && (buffer[at + 2] < 0 || buffer[at + 2] > 4)) {
            return false;
        }
        int length = to - at >= RECORD_HEADER ? Bytes.u16(buffer, at + 3) : 1;
        return length > 0 && length <= LONGEST_RECORD;
    }

    /** Looks for a message of this type in all bytes that came so far. */
    Outcome find(int type, byte[] bytes, int offset, int length) {
        int end = offset + length;
        int collected = 0;
        int header = 0;
        for (int at = offset; at < end; ) {
            if (!isRecord(bytes, at, end)) {
                return Outcome.NONE;
            }
            if (end - at < RECORD_HEADER) {
                break;
            }
            int fragment = Bytes.u16(bytes, at + 3);
            int start = at + RECORD_HEADER;
            int there = Math.min(fragment, end - start);
            for (int i = 0; i < there && collected + i < MESSAGE_HEADER; i++) {
                header = header << 8 | bytes[start + i] & 0xff;
                if (collected + i == 0 && header != type) {
                    return Outcome.NONE;
                }
            }
            collected += there;
            int whole = MESSAGE_HEADER + (header & 0xff_ffff);
            if (collected >= MESSAGE_HEADER && start - offset + whole > mostBytes) {
                return Outcome.TOO_LONG;
            }
            if (collected >= MESSAGE_HEADER && collected >= whole) {
                take(bytes, offset, at == offset ? start : -1, whole);
                return Outcome.WHOLE;
            }
            at = start + fragment;
            if (at - offset > mostBytes) {
                return Outcome.TOO_LONG;
            }
        }
        return Outcome.MORE;
    }

    /** Takes the message as it stands where it lies in one record, which {@code start} says, and else copies its parts together. */
    private void take(byte[] bytes, int offset, int start, int length) {
        if (start >= 0) {
            buffer = bytes;
            from = start + MESSAGE_HEADER;
            to = start + length;
            return;
        }
        byte[] whole = new byte[length];
        int filled = 0;
        for (int at = offset; filled < length; ) {
            int fragment = Bytes.u16(bytes, at + 3);
            int taken = Math.min(fragment, length - filled);
            System.arraycopy(bytes, at + RECORD_HEADER, whole, filled, taken);
            filled += taken;
            at += RECORD_HEADER + fragment;
        }
        buffer = whole;
        from = MESSAGE_HEADER;
        to = length;
    }

    /** A reader over what the message holds. */
    VectorReader body() {
        return new VectorReader(buffer, from, to);
    }
}
