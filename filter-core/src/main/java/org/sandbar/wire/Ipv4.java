package org.sandbar.wire;

import static org.sandbar.bytes.Bytes.u16;
import static org.sandbar.bytes.Bytes.u32;
import static org.sandbar.bytes.Bytes.u8;

/**
 * The IPv4 header (RFC 791 3.1). Options are passed over. A total length of zero is that of a segment which the network card was left
 * to cut up: it reaches to the end of the frame. A total length beyond the frame is no snap-length cut but a lie, which every host
 * discards, and so it is malformed here.
 *
 * <pre>
 *   0       4       8               16    19                      32
 *  +-------+-------+---------------+-----------------------------+
 *  |   4   |  IHL  |      TOS      |        total length         |   0
 *  +-------+-------+---------------+-----+-----------------------+
 *  |        identification         |0 D M|    fragment offset    |   4
 *  +---------------+---------------+-----+-----------------------+
 *  |      TTL      |   protocol    |       header checksum       |   8
 *  +---------------+---------------+-----------------------------+
 *  |                       source address                        |  12
 *  +-------------------------------------------------------------+
 *  |                     destination address                     |  16
 *  +-------------------------------------------------------------+
 *  |                    options, IHL - 5 words                   |  20
 * </pre>
 */
final class Ipv4 {
    static final int TOTAL_LENGTH = 2;
    static final int IDENTIFICATION = 4;
    static final int FRAGMENT = 6;
    static final int PROTOCOL = 9;
    static final int CHECKSUM = 10;
    static final int SOURCE = 12;
    static final int DESTINATION = 16;
    static final int HEADER = 20;

    private static final int MORE_FRAGMENTS = 0x2000;
    private static final int FRAGMENT_OFFSET = 0x1fff;

    private Ipv4() {}

    static int headerLength(byte[] buffer, int at) {
        return (buffer[at] & 0x0f) << 2;
    }

    static Decoded decode(Frame frame) {
        if (!frame.has(HEADER)) {
            return frame.lacks(HEADER);
        }
        byte[] buffer = frame.buffer;
        int at = frame.at;
        int header = headerLength(buffer, at);
        int declared = u16(buffer, at + TOTAL_LENGTH);
        int onWire = frame.wireEnd - at;
        int length = declared == 0 ? onWire : declared;
        if (u8(buffer, at) >> 4 != 4 || header < HEADER || length < header || length > onWire) {
            return Decoded.MALFORMED;
        }
        frame.limit(length);
        if (!frame.has(header)) {
            return Decoded.CUT;
        }
        Packet packet = frame.packet;
        packet.ipVersion = 4;
        packet.ipOffset = at;
        packet.ipLength = declared;
        packet.sourceHigh = 0;
        packet.sourceLow = u32(buffer, at + SOURCE);
        packet.destinationHigh = 0;
        packet.destinationLow = u32(buffer, at + DESTINATION);
        frame.at = at + header;
        int protocol = u8(buffer, at + PROTOCOL);
        int fragment = u16(buffer, at + FRAGMENT) & (MORE_FRAGMENTS | FRAGMENT_OFFSET);
        return fragment == 0 ? IpProtocol.decode(frame, protocol) : decodeFragment(frame, protocol, fragment);
    }

    private static Decoded decodeFragment(Frame frame, int protocol, int fragment) {
        int id = u16(frame.buffer, frame.packet.ipOffset + IDENTIFICATION);
        boolean more = (fragment & MORE_FRAGMENTS) != 0;
        return frame.fragments.add(frame, id, protocol, (fragment & FRAGMENT_OFFSET) << 3, more);
    }
}
