package org.sandbar.wire;

import static org.sandbar.bytes.Bytes.u16;
import static org.sandbar.bytes.Bytes.u8;

/**
 * PPP (RFC 1661), bare or in HDLC-like framing (RFC 1662), with the protocol field compressed to its odd byte or not; Cisco's HDLC,
 * which shares a link type with it; and PPPoE sessions (RFC 2516).
 *
 * <pre>
 *   PPP                                 PPPoE
 *   0       1       2          4        0       1       2          4          6
 *  +-------+-------+----------+- - -   +---+---+-------+----------+----------+- - -
 *  | ff      03    | protocol |        | 1 | 1 | code  | session  | length   | PPP
 *  +-------+-------+----------+- - -   +---+---+-------+----------+----------+- - -
 *    may be missing  or 1 byte                   0: data
 * </pre>
 */
final class Ppp {
    private static final int ADDRESS_CONTROL = 0xff03;
    private static final int CISCO_UNICAST = 0x0f00;
    private static final int CISCO_MULTICAST = 0x8f00;
    private static final int CISCO_TYPE = 2;
    private static final int CISCO_HEADER = 4;

    private static final int IPV4 = 0x0021;
    private static final int IPV6 = 0x0057;
    private static final int MPLS = 0x0281;
    private static final int MPLS_UPSTREAM = 0x0283;

    private static final int SESSION_VERSION = 0x11;
    private static final int SESSION_CODE = 1;
    private static final int SESSION_LENGTH = 4;
    private static final int SESSION_HEADER = 6;

    private Ppp() {}

    static Decoded decode(Frame frame) {
        if (!frame.has(2)) {
            return frame.lacks(2);
        }
        int start = u16(frame.buffer, frame.at);
        if (start == CISCO_UNICAST || start == CISCO_MULTICAST) {
            return decodeCisco(frame);
        }
        if (start == ADDRESS_CONTROL) {
            frame.at += 2;
        }
        if (!frame.has(2)) {
            return frame.lacks(2);
        }
        boolean compressed = (u8(frame.buffer, frame.at) & 1) != 0;
        int protocol = compressed ? u8(frame.buffer, frame.at) : u16(frame.buffer, frame.at);
        frame.at += compressed ? 1 : 2;
        return switch (protocol) {
            case IPV4 -> Ipv4.decode(frame);
            case IPV6 -> Ipv6.decode(frame);
            case MPLS, MPLS_UPSTREAM -> Mpls.decode(frame);
            default -> Decoded.NOT_IP;
        };
    }

    private static Decoded decodeCisco(Frame frame) {
        if (!frame.has(CISCO_HEADER)) {
            return frame.lacks(CISCO_HEADER);
        }
        int type = u16(frame.buffer, frame.at + CISCO_TYPE);
        frame.at += CISCO_HEADER;
        return Ethernet.decode(frame, type);
    }

    static Decoded decodeSession(Frame frame) {
        if (!frame.has(SESSION_HEADER)) {
            return frame.lacks(SESSION_HEADER);
        }
        if (!frame.deeper() || u8(frame.buffer, frame.at) != SESSION_VERSION) {
            return Decoded.MALFORMED;
        }
        if (u8(frame.buffer, frame.at + SESSION_CODE) != 0) {
            return Decoded.NOT_IP;
        }
        int length = u16(frame.buffer, frame.at + SESSION_LENGTH);
        frame.at += SESSION_HEADER;
        // 0 is segmentation offload, as in IP.
        if (length != 0 && length < frame.wireEnd - frame.at) {
            frame.limit(length);
        }
        return decode(frame);
    }
}
