package org.sandbar.wire;

import static org.sandbar.bytes.Bytes.i32;
import static org.sandbar.bytes.Bytes.u16;

/**
 * The TCP header (RFC 9293 3.1).
 *
 * <pre>
 *   0               8               16              24              32
 *  +-------------------------------+-------------------------------+
 *  |          source port          |       destination port        |   0
 *  +-------------------------------+-------------------------------+
 *  |                        sequence number                        |   4
 *  +---------------------------------------------------------------+
 *  |                    acknowledgement number                     |   8
 *  +-------+-----+-----------------+-------------------------------+
 *  |offset |  0  |A C E U A P R S F|            window             |  12
 *  +-------+-----+-----------------+-------------------------------+
 *  |           checksum            |        urgent pointer         |  16
 *  +-------------------------------+-------------------------------+
 * </pre>
 */
final class Tcp {
    static final int SEQUENCE = 4;
    static final int ACKNOWLEDGEMENT = 8;
    static final int OFFSET_AND_FLAGS = 12;
    static final int WINDOW = 14;
    static final int CHECKSUM = 16;
    static final int URGENT = 18;
    static final int HEADER = 20;

    private static final int FLAGS = 0x1ff;

    private Tcp() {}

    static Decoded decode(Frame frame) {
        if (!frame.has(HEADER)) {
            return frame.lacks(HEADER);
        }
        byte[] buffer = frame.buffer;
        int at = frame.at;
        int offsetAndFlags = u16(buffer, at + OFFSET_AND_FLAGS);
        int header = offsetAndFlags >> 12 << 2;
        if (header < HEADER) {
            return Decoded.MALFORMED;
        }
        if (!frame.has(header)) {
            return frame.lacks(header);
        }
        Packet packet = frame.packet;
        int ports = i32(buffer, at);
        packet.sourcePort = ports >>> 16;
        packet.destinationPort = ports & 0xffff;
        packet.tcpSequence = i32(buffer, at + SEQUENCE);
        packet.tcpAcknowledgement = i32(buffer, at + ACKNOWLEDGEMENT);
        packet.tcpFlags = offsetAndFlags & FLAGS;
        packet.tcpWindow = u16(buffer, at + WINDOW);
        packet.tcpUrgent = u16(buffer, at + URGENT);
        return frame.flow(header);
    }
}
