package org.sandbar.wire;

import static org.sandbar.bytes.Bytes.u16;
import static org.sandbar.bytes.Bytes.u32;
import static org.sandbar.bytes.Bytes.u8;

/**
 * Whether a decoded packet's checksums are right (RFC 1071): those of its IPv4 header, and of TCP and UDP with their pseudo-header. A
 * sender that leaves checksums to its network card shows wrong ones in its own captures, so this is asked only where the user wants
 * it. Stateless, any thread.
 */
public final class Checksums {
    private Checksums() {}

    /**
     * False only where a checksum is seen to be wrong: a packet that was cut, a segment that the network card was to cut up, UDP without
     * a checksum, and a route that hides the last destination cannot be verified. The packet is one that is a {@link Decoded#FLOW}.
     */
    public static boolean valid(Packet packet) {
        byte[] buffer = packet.buffer;
        int at = packet.ipOffset;
        if (packet.ipVersion == 4 && packet.ipLength != 0 && of(buffer, at, Ipv4.headerLength(buffer, at)) != 0) {
            return false;
        }
        boolean whole = packet.payloadLength == packet.payloadWireLength && packet.ipLength != 0;
        int transport = packet.transportOffset;
        int length = packet.payloadOffset + packet.payloadLength - transport;
        if (!whole || !hasChecksum(packet, length) || packet.ipVersion == 6 && isRouted(packet)) {
            return true;
        }
        int addresses = packet.ipVersion == 4 ? at + Ipv4.SOURCE : at + Ipv6.SOURCE;
        int addressesLength = packet.ipVersion == 4 ? 8 : 32;
        return ofTransport(buffer, addresses, addressesLength, packet.protocol, transport, length) == 0;
    }

    /** The same as {@link #of} for a transport with its pseudo-header, of which the two addresses stand together. */
    static int ofTransport(byte[] buffer, int addresses, int addressesLength, int protocol, int transport, int length) {
        return fold(sum(buffer, addresses, addressesLength) + protocol + length + sum(buffer, transport, length));
    }

    private static boolean hasChecksum(Packet packet, int length) {
        byte[] buffer = packet.buffer;
        int transport = packet.transportOffset;
        return packet.protocol == Packet.TCP
                || packet.protocol == Packet.UDP
                        && u16(buffer, transport + Udp.CHECKSUM) != 0
                        && u16(buffer, transport + Udp.LENGTH) == length;
    }

    /** The checksum of these bytes: what to put in a field that was zero, or zero where it was right already. */
    static int of(byte[] buffer, int offset, int length) {
        return fold(sum(buffer, offset, length));
    }

    private static long sum(byte[] buffer, int offset, int length) {
        int at = offset;
        int end = offset + length;
        long sum = 0;
        for (; at + 4 <= end; at += 4) {
            sum += u32(buffer, at);
        }
        if (at + 2 <= end) {
            sum += u16(buffer, at);
            at += 2;
        }
        return at < end ? sum + (u8(buffer, at) << 8) : sum;
    }

    private static int fold(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (int) (~folded & 0xffff);
    }

    /** The decoder came along these headers, so they are all there. */
    private static boolean isRouted(Packet packet) {
        byte[] buffer = packet.buffer;
        int next = u8(buffer, packet.ipOffset + Ipv6.NEXT_HEADER);
        int at = packet.ipOffset + Ipv6.HEADER;
        while (at < packet.transportOffset && next != IpProtocol.ROUTING) {
            int length = u8(buffer, at + Ipv6.EXTENSION_LENGTH);
            int header =
                    switch (next) {
                        case IpProtocol.AUTHENTICATION -> (length + 2) << 2;
                        case IpProtocol.FRAGMENT -> Ipv6.EXTENSION;
                        default -> (length + 1) << 3;
                    };
            next = u8(buffer, at);
            at += header;
        }
        return next == IpProtocol.ROUTING;
    }
}
