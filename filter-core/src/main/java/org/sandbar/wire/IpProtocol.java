package org.sandbar.wire;

import static org.sandbar.bytes.Bytes.u16;
import static org.sandbar.bytes.Bytes.u8;

/**
 * From IP's protocol number (IPv6: next header) to what carries it, with those headers that are too small for a class of their own:
 * ICMP (RFC 792, RFC 4443), the ports of SCTP (RFC 9260 3) and the authentication header (RFC 4302 2). Tunnels in IP start here.
 */
final class IpProtocol {
    static final int HOP_BY_HOP = 0;
    static final int IPV4_INSIDE = 4;
    static final int IPV6_INSIDE = 41;
    static final int ROUTING = 43;
    static final int FRAGMENT = 44;
    static final int GRE = 47;
    static final int AUTHENTICATION = 51;
    static final int NO_NEXT_HEADER = 59;
    static final int DESTINATION_OPTIONS = 60;
    static final int SCTP = 132;

    private static final int ICMP_CODE = 1;
    private static final int ICMP_HEADER = 8;
    private static final int SCTP_HEADER = 12;
    private static final int AUTHENTICATION_LENGTH = 1;
    private static final int AUTHENTICATION_HEADER = 12;

    private IpProtocol() {}

    /** An IP packet of either version, told by its first nibble. */
    static Decoded decodeEither(Frame frame) {
        if (!frame.has(1)) {
            return frame.lacks(1);
        }
        return switch (u8(frame.buffer, frame.at) >> 4) {
            case 4 -> Ipv4.decode(frame);
            case 6 -> Ipv6.decode(frame);
            default -> Decoded.MALFORMED;
        };
    }

    static Decoded decode(Frame frame, int protocol) {
        Packet packet = frame.packet;
        packet.protocol = protocol;
        packet.sourcePort = 0;
        packet.destinationPort = 0;
        packet.transportOffset = frame.at;
        return switch (protocol) {
            case Packet.TCP -> Tcp.decode(frame);
            case Packet.UDP -> Udp.decode(frame);
            case Packet.ICMP, Packet.ICMP_V6 -> decodeIcmp(frame);
            case SCTP -> decodeSctp(frame);
            case IPV4_INSIDE -> frame.deeper() ? Ipv4.decode(frame) : Decoded.MALFORMED;
            case IPV6_INSIDE -> frame.deeper() ? Ipv6.decode(frame) : Decoded.MALFORMED;
            case GRE -> Gre.decode(frame);
            case AUTHENTICATION -> decodeAuthentication(frame);
            case HOP_BY_HOP, ROUTING, DESTINATION_OPTIONS ->
                packet.ipVersion == 6 ? Ipv6.decodeExtension(frame) : frame.flow(0);
            case FRAGMENT -> packet.ipVersion == 6 ? Ipv6.decodeFragment(frame) : frame.flow(0);
            default -> frame.flow(0);
        };
    }

    private static Decoded decodeIcmp(Frame frame) {
        if (!frame.has(ICMP_HEADER)) {
            return frame.lacks(ICMP_HEADER);
        }
        frame.packet.sourcePort = u8(frame.buffer, frame.at);
        frame.packet.destinationPort = u8(frame.buffer, frame.at + ICMP_CODE);
        return frame.flow(ICMP_HEADER);
    }

    private static Decoded decodeSctp(Frame frame) {
        if (!frame.has(SCTP_HEADER)) {
            return frame.lacks(SCTP_HEADER);
        }
        frame.packet.sourcePort = u16(frame.buffer, frame.at);
        frame.packet.destinationPort = u16(frame.buffer, frame.at + 2);
        return frame.flow(SCTP_HEADER);
    }

    private static Decoded decodeAuthentication(Frame frame) {
        if (!frame.has(AUTHENTICATION_HEADER)) {
            return frame.lacks(AUTHENTICATION_HEADER);
        }
        // In words, less two: not in the unit of the other extension headers.
        int length = (u8(frame.buffer, frame.at + AUTHENTICATION_LENGTH) + 2) << 2;
        if (length < AUTHENTICATION_HEADER || !frame.deeper()) {
            return Decoded.MALFORMED;
        }
        if (!frame.has(length)) {
            return frame.lacks(length);
        }
        int next = u8(frame.buffer, frame.at);
        frame.at += length;
        return decode(frame, next);
    }
}
