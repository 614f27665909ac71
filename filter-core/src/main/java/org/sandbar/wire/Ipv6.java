package org.sandbar.wire;

import static org.sandbar.bytes.Bytes.i32;
import static org.sandbar.bytes.Bytes.i64;
import static org.sandbar.bytes.Bytes.u16;
import static org.sandbar.bytes.Bytes.u8;

/**
 * The IPv6 header and its extension headers (RFC 8200 3, 4). A payload length of zero is a jumbogram's (RFC 2675) or a segment's which
 * the network card was left to cut up: it reaches to the end of the frame. A payload length beyond the frame is malformed, as in IPv4.
 * ESP and "no next header" end the chain with their own numbers.
 *
 * <pre>
 *   0       4              12      16               24            32
 *  +-------+---------------+---------------------------------------+
 *  |   6   | traffic class |              flow label               |   0
 *  +-------+---------------+-------+---------------+---------------+
 *  |        payload length         |  next header  |   hop limit   |   4
 *  +-------------------------------+---------------+---------------+
 *  |                        source address                         |   8
 *  +---------------------------------------------------------------+
 *  |                      destination address                      |  24
 *  +---------------------------------------------------------------+
 *
 *  options and routing             fragment (4.5)
 *  +-------------+-------------+   +-------------+-------------+-------------------------+---+-+
 *  | next header | len/8 - 1   |   | next header |      0      |    offset in units of 8 | 0 |M|   0
 *  +-------------+-------------+   +-------------+-------------+-------------------------+---+-+
 *  | ...                           |                      identification                       |   4
 * </pre>
 */
final class Ipv6 {
    static final int PAYLOAD_LENGTH = 4;
    static final int NEXT_HEADER = 6;
    static final int SOURCE = 8;
    static final int DESTINATION = 24;
    static final int HEADER = 40;

    static final int EXTENSION_LENGTH = 1;
    /** Every extension header is at least so long. */
    static final int EXTENSION = 8;

    private static final int FRAGMENT_OFFSET = 2;
    private static final int FRAGMENT_ID = 4;
    private static final int MORE_FRAGMENTS = 1;

    private Ipv6() {}

    static Decoded decode(Frame frame) {
        if (!frame.has(HEADER)) {
            return frame.lacks(HEADER);
        }
        byte[] buffer = frame.buffer;
        int at = frame.at;
        int next = u8(buffer, at + NEXT_HEADER);
        int declared = u16(buffer, at + PAYLOAD_LENGTH);
        int onWire = frame.wireEnd - at;
        boolean open = declared == 0 && next != IpProtocol.NO_NEXT_HEADER;
        int length = open ? onWire : HEADER + declared;
        if (u8(buffer, at) >> 4 != 6 || length > onWire) {
            return Decoded.MALFORMED;
        }
        frame.limit(length);
        Packet packet = frame.packet;
        packet.ipVersion = 6;
        packet.ipOffset = at;
        packet.ipLength = open ? 0 : length;
        packet.sourceHigh = i64(buffer, at + SOURCE);
        packet.sourceLow = i64(buffer, at + SOURCE + 8);
        packet.destinationHigh = i64(buffer, at + DESTINATION);
        packet.destinationLow = i64(buffer, at + DESTINATION + 8);
        frame.at = at + HEADER;
        return IpProtocol.decode(frame, next);
    }

    /** Hop-by-hop options, destination options and routing: passed over. */
    static Decoded decodeExtension(Frame frame) {
        if (!frame.has(EXTENSION)) {
            return frame.lacks(EXTENSION);
        }
        int length = (u8(frame.buffer, frame.at + EXTENSION_LENGTH) + 1) << 3;
        if (!frame.deeper()) {
            return Decoded.MALFORMED;
        }
        if (!frame.has(length)) {
            return frame.lacks(length);
        }
        int next = u8(frame.buffer, frame.at);
        frame.at += length;
        return IpProtocol.decode(frame, next);
    }

    static Decoded decodeFragment(Frame frame) {
        if (!frame.has(EXTENSION)) {
            return frame.lacks(EXTENSION);
        }
        if (!frame.deeper()) {
            return Decoded.MALFORMED;
        }
        int next = u8(frame.buffer, frame.at);
        int field = u16(frame.buffer, frame.at + FRAGMENT_OFFSET);
        int id = i32(frame.buffer, frame.at + FRAGMENT_ID);
        frame.at += EXTENSION;
        int offset = field & ~7;
        boolean more = (field & MORE_FRAGMENTS) != 0;
        // An atomic fragment is whole, and has nothing to do with others of the same identification (RFC 6946).
        return offset == 0 && !more
                ? IpProtocol.decode(frame, next)
                : frame.fragments.add(frame, id, next, offset, more);
    }
}
