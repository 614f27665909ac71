package org.sandbar.wire;

import java.util.Arrays;
import org.sandbar.bytes.Bytes;

/**
 * Writes what tells the two ends of a flow that a packet of it goes no further: of TCP a reset to each (RFC 9293 section 3.10.7), of all else
 * an ICMP message to the sender that the port cannot be reached (RFC 792, RFC 4443), as if the other end had sent it. One thread.
 */
public final class Rejection {
    private static final int TTL = 64;
    private static final int QUOTED = 8;
    private static final int ICMP_HEADER = 8;
    /** Type and code: port unreachable. */
    private static final int UNREACHABLE = 0x0303;

    private static final int UNREACHABLE_V6 = 0x0104;
    private static final int FIRST_INFORMATIONAL_V6 = 128;

    /** What was written: an IP packet from its header on. */
    public final byte[] buffer = new byte[128];

    /** For the one who sent the packet: returns how long the answer is, 0 where there is none to such a packet. */
    public int toSender(Packet packet) {
        if (packet.protocol != Packet.TCP) {
            return unreachable(packet);
        }
        if (packet.has(Packet.RST)) {
            return 0;
        }
        if (packet.has(Packet.ACK)) {
            return reset(packet, true, packet.tcpAcknowledgement, 0, Packet.RST);
        }
        int phantom = (packet.has(Packet.SYN) ? 1 : 0) + (packet.has(Packet.FIN) ? 1 : 0);
        int seen = packet.tcpSequence + packet.payloadWireLength + phantom;
        return reset(packet, true, 0, seen, Packet.RST | Packet.ACK);
    }

    /** For the one whom it was to reach; 0 where nothing is to be said to it, as where the packet would have been the first. */
    public int toReceiver(Packet packet) {
        boolean silent = packet.protocol != Packet.TCP || packet.has(Packet.RST) || packet.has(Packet.SYN);
        return silent
                ? 0
                : reset(packet, false, packet.tcpSequence, packet.tcpAcknowledgement, Packet.RST | Packet.ACK);
    }

    private int reset(Packet packet, boolean toSender, int sequence, int acknowledgement, int flags) {
        int at = begin(packet, toSender, Packet.TCP, Tcp.HEADER);
        Bytes.put16(buffer, at, toSender ? packet.destinationPort : packet.sourcePort);
        Bytes.put16(buffer, at + 2, toSender ? packet.sourcePort : packet.destinationPort);
        Bytes.put32(buffer, at + 4, sequence);
        Bytes.put32(buffer, at + 8, acknowledgement);
        buffer[at + 12] = (byte) (Tcp.HEADER << 2);
        buffer[at + 13] = (byte) flags;
        return finish(packet, Packet.TCP, at, Tcp.HEADER, at + 16);
    }

    private int unreachable(Packet packet) {
        boolean six = packet.ipVersion == 6;
        // No error is answered by an error.
        boolean error = six
                ? packet.protocol == Packet.ICMP_V6 && packet.sourcePort < FIRST_INFORMATIONAL_V6
                : packet.protocol == Packet.ICMP;
        int quoted = packet.transportOffset - packet.ipOffset + QUOTED;
        if (error || quoted > 80 || packet.ipOffset + quoted > packet.buffer.length) {
            return 0;
        }
        int protocol = six ? Packet.ICMP_V6 : Packet.ICMP;
        int length = ICMP_HEADER + quoted;
        int at = begin(packet, true, protocol, length);
        Bytes.put16(buffer, at, six ? UNREACHABLE_V6 : UNREACHABLE);
        System.arraycopy(packet.buffer, packet.ipOffset, buffer, at + ICMP_HEADER, quoted);
        return finish(packet, protocol, at, length, at + 2);
    }

    /** Writes the IP header; returns where it ends. */
    private int begin(Packet packet, boolean toSender, int protocol, int length) {
        Arrays.fill(buffer, (byte) 0);
        boolean six = packet.ipVersion == 6;
        int header = six ? Ipv6.HEADER : Ipv4.HEADER;
        int addressLength = six ? 16 : 4;
        int source = six ? Ipv6.SOURCE : Ipv4.SOURCE;
        int swap = toSender ? addressLength : 0;
        System.arraycopy(packet.buffer, packet.ipOffset + source + swap, buffer, source, addressLength);
        System.arraycopy(
                packet.buffer,
                packet.ipOffset + source + addressLength - swap,
                buffer,
                source + addressLength,
                addressLength);
        if (six) {
            buffer[0] = 0x60;
            Bytes.put16(buffer, 4, length);
            buffer[6] = (byte) protocol;
            buffer[7] = TTL;
        } else {
            buffer[0] = 0x45;
            Bytes.put16(buffer, 2, header + length);
            buffer[8] = TTL;
            buffer[9] = (byte) protocol;
            Bytes.put16(buffer, 10, Checksums.of(buffer, 0, header));
        }
        return header;
    }

    private int finish(Packet packet, int protocol, int at, int length, int checksumAt) {
        boolean six = packet.ipVersion == 6;
        int checksum = protocol == Packet.ICMP
                ? Checksums.of(buffer, at, length)
                : Checksums.ofTransport(buffer, six ? Ipv6.SOURCE : Ipv4.SOURCE, six ? 32 : 8, protocol, at, length);
        Bytes.put16(buffer, checksumAt, checksum);
        return at + length;
    }

    /** Where the address stands that the answer to such a packet goes to. */
    public static int destination(Packet packet) {
        return packet.ipVersion == 6 ? Ipv6.SOURCE + 16 : Ipv4.SOURCE + 4;
    }
}
