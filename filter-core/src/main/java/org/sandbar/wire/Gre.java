package org.sandbar.wire;

import static org.sandbar.bytes.Bytes.i32;
import static org.sandbar.bytes.Bytes.u16;
import static org.sandbar.bytes.Bytes.u8;

/**
 * GRE: version 0 (RFC 2784, with key and sequence number of RFC 2890 and the routing of RFC 1701) and PPTP's version 1 (RFC 2637 4.1).
 * Payloads followed are what EtherTypes name, Ethernet frames, mirrored ones (ERSPAN I and II), and PPP. Any other payload, and a
 * header with flags that nobody defined, is a flow of protocol 47.
 *
 * <pre>
 *   0 1 2 3 4 5     8         13   16                            32
 *  +-+-+-+-+-+-----+-+-------+-----+-----------------------------+
 *  |C|R|K|S|s|recur|A| flags | ver |          protocol           |   0
 *  +-+-+-+-+-+-----+-+-------+-----+-----------------------------+
 *  |     checksum (C or R)         |      offset (C or R)        |
 *  +-------------------------------+-----------------------------+
 *  |  key (K); version 1: payload length, call identifier        |
 *  +-------------------------------------------------------------+
 *  |  sequence number (S)                                        |
 *  +-------------------------------------------------------------+
 *  |  routing entries (R); version 1: acknowledgement (A)        |
 *  +-------------------------------------------------------------+
 *
 *   ERSPAN II
 *   0       4               16    19  21 22                      32
 *  +-------+---------------+-----+---+-+-------------------------+
 *  |   1   |     VLAN      | COS |En |T|         session         |   0    T: the mirrored frame was cut
 *  +-------+---------------+-----+---+-+-------------------------+
 *  |       reserved        |                index                |   4
 *  +-----------------------+-------------------------------------+
 * </pre>
 */
final class Gre {
    private static final int PROTOCOL = 2;
    private static final int HEADER = 4;

    private static final int CHECKSUM_PRESENT = 0x8000;
    private static final int ROUTING_PRESENT = 0x4000;
    private static final int KEY_PRESENT = 0x2000;
    private static final int SEQUENCE_PRESENT = 0x1000;
    private static final int UNDEFINED = 0x00f8;
    private static final int VERSION = 0x0007;

    private static final int PPTP = 0x2001;
    private static final int PPTP_OPTIONAL = SEQUENCE_PRESENT | 0x0080;
    private static final int PPTP_ACKNOWLEDGEMENT_PRESENT = 0x0080;
    private static final int PPTP_PAYLOAD_LENGTH = 4;
    private static final int PPTP_HEADER = 8;
    private static final int PPP = 0x880b;

    private static final int ERSPAN = 0x88be;
    private static final int ERSPAN_II = 1;
    private static final int ERSPAN_FIELDS = 2;
    private static final int ERSPAN_CUT = 0x0400;
    private static final int ERSPAN_HEADER = 8;
    private static final int LONGEST_FRAME = 1 << 16;

    private static final int ENTRY_LENGTH = 3;
    private static final int ENTRY = 4;

    private Gre() {}

    static Decoded decode(Frame frame) {
        if (!frame.has(HEADER)) {
            return frame.lacks(HEADER);
        }
        if (!frame.deeper()) {
            return Decoded.MALFORMED;
        }
        int flags = u16(frame.buffer, frame.at);
        int protocol = u16(frame.buffer, frame.at + PROTOCOL);
        Decoded outside = frame.flow(0);
        if ((flags & (VERSION | UNDEFINED)) == 0) {
            return decodeVersion0(frame, flags, protocol);
        }
        boolean carriesPpp = (flags & ~PPTP_OPTIONAL) == PPTP && protocol == PPP && (flags & SEQUENCE_PRESENT) != 0;
        return carriesPpp ? decodePptp(frame, flags) : outside;
    }

    private static Decoded decodeVersion0(Frame frame, int flags, int protocol) {
        int header = HEADER;
        if ((flags & (CHECKSUM_PRESENT | ROUTING_PRESENT)) != 0) {
            header += 4;
        }
        if ((flags & KEY_PRESENT) != 0) {
            header += 4;
        }
        if ((flags & SEQUENCE_PRESENT) != 0) {
            header += 4;
        }
        if (!frame.has(header)) {
            return frame.lacks(header);
        }
        frame.at += header;
        if ((flags & ROUTING_PRESENT) != 0) {
            boolean ended = passRoutingEntries(frame);
            if (!ended) {
                return frame.lacks(ENTRY);
            }
        }
        boolean sequenced = (flags & SEQUENCE_PRESENT) != 0;
        int vlans = frame.packet.vlanCount;
        return frame.throughTunnel(vlans, decodePayload(frame, protocol, sequenced));
    }

    /** Whether the list came to its end, an entry of no family and no length; if not, the frame stands where it broke off. */
    private static boolean passRoutingEntries(Frame frame) {
        while (frame.has(ENTRY)) {
            boolean last = i32(frame.buffer, frame.at) == 0;
            frame.at += ENTRY + u8(frame.buffer, frame.at + ENTRY_LENGTH);
            if (last) {
                return true;
            }
        }
        return false;
    }

    private static Decoded decodePayload(Frame frame, int protocol, boolean sequenced) {
        return switch (protocol) {
            case Ethernet.TRANSPARENT_ETHERNET -> Ethernet.decode(frame);
            case ERSPAN -> sequenced ? decodeErspan(frame) : Ethernet.decode(frame);
            case PPP -> Ppp.decode(frame);
            default -> Ethernet.decode(frame, protocol);
        };
    }

    private static Decoded decodeErspan(Frame frame) {
        if (!frame.has(ERSPAN_HEADER)) {
            return frame.lacks(ERSPAN_HEADER);
        }
        if (u8(frame.buffer, frame.at) >> 4 != ERSPAN_II) {
            return Decoded.NOT_IP;
        }
        boolean cut = (u16(frame.buffer, frame.at + ERSPAN_FIELDS) & ERSPAN_CUT) != 0;
        frame.at += ERSPAN_HEADER;
        if (cut) {
            // The frame that was mirrored went on: its own headers say how far.
            frame.wireEnd = frame.at + LONGEST_FRAME;
        }
        return Ethernet.decode(frame);
    }

    private static Decoded decodePptp(Frame frame, int flags) {
        int header = PPTP_HEADER + 4 + ((flags & PPTP_ACKNOWLEDGEMENT_PRESENT) != 0 ? 4 : 0);
        if (!frame.has(header)) {
            return frame.lacks(header);
        }
        int length = u16(frame.buffer, frame.at + PPTP_PAYLOAD_LENGTH);
        frame.at += header;
        if (length < frame.wireEnd - frame.at) {
            frame.limit(length);
        }
        return frame.throughTunnel(frame.packet.vlanCount, Ppp.decode(frame));
    }
}
