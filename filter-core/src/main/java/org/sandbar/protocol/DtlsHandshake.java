package org.sandbar.protocol;

import org.sandbar.bytes.Bytes;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;

/**
 * Finds the first ClientHello in the DTLS records of one flow (RFC 6347 section 4.1), whether the flow is of DTLS alone or DTLS is
 * multiplexed into it (RFC 7983), and puts it together where it is in fragments, which have to come in order. Copies only what is in
 * fragments. The flow's thread alone.
 */
public final class DtlsHandshake {
    private static final int RECORD_HEADER = 13;
    private static final int MESSAGE_HEADER = 12;
    private static final int LOWEST_TYPE = 20;
    private static final int HIGHEST_TYPE = 26;
    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int SHORT_FORM_BITS = 0xf4;
    private static final int SHORT_FORM_WITH_LENGTH = 0x24;
    private static final int TWO_BYTES_OF_SEQUENCE = 8;
    /** Header, and ciphertext with its authentication (RFC 9147 section 4.2.3). */
    private static final int SHORTEST_SHORT_RECORD = 4 + 16;

    private static final int HELLO_VERIFY_REQUEST = 3;

    private final int mostBytes;
    private byte[] fragments;
    private int kept;
    private boolean done;

    public DtlsHandshake(Limits limits) {
        mostBytes = limits.of(Bound.DTLS_HELLO_BYTES);
    }

    /** Whether the bytes are whole records of DTLS 1.0 to 1.3, in the form that bears its version, one behind another. */
    public static boolean isRecords(byte[] buffer, int from, int to) {
        int at = from;
        while (to - at > RECORD_HEADER && isHeader(buffer, at)) {
            at += RECORD_HEADER + Bytes.u16(buffer, at + 11);
        }
        return at == to && to > from;
    }

    /**
     * Whether the bytes begin with a record of DTLS 1.3 in its short form, with a length and without a connection identifier (RFC 9147
     * section 4). Three bits mark it, so it is to be asked for only where DTLS is expected.
     */
    public static boolean isShortRecord(byte[] buffer, int from, int to) {
        if (to - from < SHORTEST_SHORT_RECORD || (buffer[from] & SHORT_FORM_BITS) != SHORT_FORM_WITH_LENGTH) {
            return false;
        }
        int lengthAt = from + ((buffer[from] & TWO_BYTES_OF_SEQUENCE) != 0 ? 3 : 2);
        return lengthAt + 2 + Bytes.u16(buffer, lengthAt) <= to;
    }

    /** Whether the bytes begin with a hello of either side that is not encrypted. */
    public static boolean isHello(byte[] buffer, int from, int to) {
        if (to - from < RECORD_HEADER + MESSAGE_HEADER || !isHeader(buffer, from)) {
            return false;
        }
        int message = from + RECORD_HEADER;
        boolean plain = buffer[from] == HANDSHAKE && Bytes.u16(buffer, from + 3) == 0;
        return plain
                && buffer[message] >= CLIENT_HELLO
                && buffer[message] <= HELLO_VERIFY_REQUEST
                && isWhole(buffer, message, end(buffer, from, to));
    }

    private static boolean isHeader(byte[] buffer, int at) {
        int type = buffer[at];
        int version = Bytes.u16(buffer, at + 1);
        return type >= LOWEST_TYPE && type <= HIGHEST_TYPE && (version == 0xfeff || version == 0xfefd);
    }

    private static int end(byte[] buffer, int record, int to) {
        return Math.min(to, record + RECORD_HEADER + Bytes.u16(buffer, record + 11));
    }

    private static int u24(byte[] buffer, int at) {
        return Bytes.u8(buffer, at) << 16 | Bytes.u16(buffer, at + 1);
    }

    /** Whether the fragment is within its record and within its message. */
    private static boolean isWhole(byte[] buffer, int message, int end) {
        int length = u24(buffer, message + 9);
        return message + MESSAGE_HEADER + length <= end
                && u24(buffer, message + 6) + length <= u24(buffer, message + 1);
    }

    /** Whether a ClientHello was begun and the rest of it is still to come. */
    public boolean isWaiting() {
        return fragments != null;
    }

    /** Reads a datagram, and returns the first ClientHello where the datagram completes it, otherwise null. */
    public DtlsClientHello read(byte[] buffer, int from, int to) {
        int at = from;
        while (!done && to - at >= RECORD_HEADER + MESSAGE_HEADER && isHello(buffer, at, to)) {
            if (buffer[at + RECORD_HEADER] == CLIENT_HELLO) {
                DtlsClientHello hello = fragment(buffer, at + RECORD_HEADER);
                if (hello != null) {
                    return hello;
                }
            }
            at += RECORD_HEADER + Bytes.u16(buffer, at + 11);
        }
        return null;
    }

    private DtlsClientHello fragment(byte[] buffer, int message) {
        int whole = u24(buffer, message + 1);
        int first = u24(buffer, message + 6);
        int length = u24(buffer, message + 9);
        int from = message + MESSAGE_HEADER;
        if (length == whole) {
            return finish(buffer, from, from + length);
        }
        if (fragments == null && first == 0) {
            fragments = new byte[Math.min(whole, mostBytes)];
            kept = 0;
        }
        if (fragments == null || first != kept) {
            return null;
        }
        int taken = Math.min(length, fragments.length - kept);
        System.arraycopy(buffer, from, fragments, kept, taken);
        kept += taken;
        return kept == fragments.length ? finish(fragments, 0, kept) : null;
    }

    private DtlsClientHello finish(byte[] buffer, int from, int to) {
        DtlsClientHello hello = DtlsClientHello.of(buffer, from, to);
        done = true;
        fragments = null;
        return hello;
    }
}
