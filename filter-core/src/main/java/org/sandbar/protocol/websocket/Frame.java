package org.sandbar.protocol.websocket;

import org.sandbar.bytes.Bytes;

/**
 * The header of a frame (RFC 6455 section 5.2), and the code that a Close begins with, read in place: a view over the caller's buffer,
 * valid until the next is read. One analyzer's thread.
 */
final class Frame {
    static final int CONTINUATION = 0;
    static final int CLOSE = 8;
    static final int LONGEST_CONTROL = 125;
    static final int HIGHEST_OPCODE = 15;

    private static final int FIN = 0x80;
    private static final int RSV1 = 0x40;
    private static final int RSV2_AND_3 = 0x30;
    private static final int MASK = 0x80;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int KEY_BYTES = 4;
    private static final int CODE_BYTES = 2;

    private byte[] buffer;
    private int at;
    /** Of the header. */
    private int length;

    private long payload;

    /** Whether the header at {@code at} is there as a whole, and the code of a Close. */
    boolean read(byte[] buffer, int at, int end) {
        if (end - at < 2) {
            return false;
        }
        this.buffer = buffer;
        this.at = at;
        int extended = shortLength() == LENGTH_16 ? 2 : shortLength() == LENGTH_64 ? 8 : 0;
        length = 2 + extended + (isMasked() ? KEY_BYTES : 0);
        if (end - at < length) {
            return false;
        }
        payload = extended == 0 ? shortLength() : extended == 2 ? Bytes.u16(buffer, at + 2) : Bytes.i64(buffer, at + 2);
        return !hasCloseCode() || end - at >= length + CODE_BYTES;
    }

    private int shortLength() {
        return buffer[at + 1] & 0x7f;
    }

    int headerLength() {
        return length;
    }

    /** Bytes behind the header; negative where the length has the bit that it must not have. */
    long payload() {
        return payload;
    }

    boolean isLengthMinimal() {
        return switch (shortLength()) {
            case LENGTH_16 -> payload >= LENGTH_16;
            case LENGTH_64 -> payload < 0 || payload > 0xffff;
            default -> true;
        };
    }

    int opcode() {
        return buffer[at] & 0x0f;
    }

    boolean isFinal() {
        return (buffer[at] & FIN) != 0;
    }

    boolean isControl() {
        return opcode() >= CLOSE;
    }

    boolean hasReservedBits() {
        return (buffer[at] & RSV2_AND_3) != 0 || isControl() && (buffer[at] & RSV1) != 0;
    }

    boolean isMasked() {
        return (buffer[at + 1] & MASK) != 0;
    }

    /** The masking key of a masked frame. */
    int key() {
        return Bytes.i32(buffer, at + length - KEY_BYTES);
    }

    boolean hasCloseCode() {
        return opcode() == CLOSE && payload >= CODE_BYTES;
    }

    /** Why a Close that has a code closes (section 7.4), unmasked. */
    int closeCode() {
        int code = Bytes.u16(buffer, at + length);
        return isMasked() ? code ^ key() >>> 16 : code;
    }
}
