package org.sandbar.wire;

import static org.sandbar.bytes.Bytes.i32;
import static org.sandbar.bytes.Bytes.u16;
import static org.sandbar.bytes.Bytes.u8;

/**
 * The UDP header (RFC 768), and VXLAN (RFC 7348 5) where the destination port and the header behind it both say so. A length of zero
 * (a jumbogram, or segmentation left to the network card) and one beyond the IP packet both mean its end.
 *
 * <pre>
 *   UDP                            VXLAN
 *   0              16          32   0       8                     24      32
 *  +--------------+--------------+ +-------+-----------------------------+
 *  | source port  | dest. port   | | 08    | 0                           |   0
 *  +--------------+--------------+ +-------+---------------------+-------+
 *  | length       | checksum     | | network identifier          | 0     |   4
 *  +--------------+--------------+ +-----------------------------+-------+
 * </pre>
 */
final class Udp {
    static final int LENGTH = 4;
    static final int CHECKSUM = 6;
    static final int HEADER = 8;

    private static final int VXLAN_PORT = 4789;
    /** Linux's own, from before there was an assigned one. */
    private static final int VXLAN_LINUX_PORT = 8472;

    private static final int VXLAN_FLAGS = 0x0800_0000;
    private static final int VXLAN_RESERVED = 7;
    private static final int VXLAN_HEADER = 8;

    private Udp() {}

    static Decoded decode(Frame frame) {
        if (!frame.has(HEADER)) {
            return frame.lacks(HEADER);
        }
        byte[] buffer = frame.buffer;
        int at = frame.at;
        int length = u16(buffer, at + LENGTH);
        if (length != 0 && length < HEADER) {
            return Decoded.MALFORMED;
        }
        if (length != 0 && length < frame.wireEnd - at) {
            frame.limit(length);
        }
        Packet packet = frame.packet;
        packet.sourcePort = u16(buffer, at);
        packet.destinationPort = u16(buffer, at + 2);
        Decoded outside = frame.flow(HEADER);
        if (packet.destinationPort != VXLAN_PORT && packet.destinationPort != VXLAN_LINUX_PORT) {
            return outside;
        }
        frame.at = at + HEADER;
        return isVxlan(frame) ? decodeVxlan(frame) : outside;
    }

    private static boolean isVxlan(Frame frame) {
        return frame.has(VXLAN_HEADER + Ethernet.HEADER)
                && i32(frame.buffer, frame.at) == VXLAN_FLAGS
                && u8(frame.buffer, frame.at + VXLAN_RESERVED) == 0;
    }

    private static Decoded decodeVxlan(Frame frame) {
        if (!frame.deeper()) {
            return Decoded.MALFORMED;
        }
        frame.at += VXLAN_HEADER;
        return frame.throughTunnel(frame.packet.vlanCount, Ethernet.decode(frame));
    }
}
