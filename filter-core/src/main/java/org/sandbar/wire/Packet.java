package org.sandbar.wire;

import java.util.BitSet;

/**
 * One decoded packet: a view that the {@link Decoder} fills and reuses, valid until its next call. Offsets point into
 * {@link #buffer}, which is the capture's buffer, or the decoder's own where fragments were put together. IPv6 addresses are two
 * longs; an IPv4 address has a zero high half and stands, unsigned, in the low half, with {@link #ipVersion} telling them apart.
 * After decoding, {@code payloadLength} bytes of TCP or UDP payload are there to be read; {@code payloadWireLength} is what the
 * headers say there was, more than that where the snap length cut the packet.
 */
public final class Packet {
    public static final int FIN = 0x01;
    public static final int SYN = 0x02;
    public static final int RST = 0x04;
    public static final int PSH = 0x08;
    public static final int ACK = 0x10;
    public static final int URG = 0x20;

    public static final int ICMP = 1;
    public static final int TCP = 6;
    public static final int UDP = 17;
    public static final int ICMP_V6 = 58;

    /** Nanoseconds since 1970. */
    public long timeNs;
    /** Position in the run, from 1. Whoever has packets decoded says it before. */
    public long ordinal;

    public byte[] buffer;
    /** Bytes of the frame on the wire, link layer included. */
    public int wireLength;
    /** VLAN identifiers, the two outermost, outermost first: {@code vlanCount} of them. A tag with the null identifier is not one. */
    public final int[] vlan = new int[2];

    public int vlanCount;

    /** 4 or 6: of the innermost IP header. */
    public int ipVersion;

    public long sourceHigh;
    public long sourceLow;
    public long destinationHigh;
    public long destinationLow;
    /** Offset of the innermost IP header, and the length of the IP packet that it declares (0: see payloadWireLength). */
    public int ipOffset;

    public int ipLength;
    /** The transport's protocol number, after extension headers. */
    public int protocol;
    /** Ports of TCP, UDP and SCTP; type and code of ICMP; otherwise 0. */
    public int sourcePort;

    public int destinationPort;
    public int transportOffset;

    public int tcpSequence;
    public int tcpAcknowledgement;
    public int tcpFlags;
    public int tcpWindow;
    public int tcpUrgent;

    public int payloadOffset;
    public int payloadLength;
    public int payloadWireLength;
    /** Whether this packet was put together from fragments. */
    public boolean reassembled;
    /** Where these began, in blocks of eight bytes from the end of the IP header; of use only where {@link #reassembled}. */
    public final BitSet fragmentStarts = new BitSet();
    /** Of a fragment, also of the one that makes its datagram whole: the ordinal of that datagram's first one that came; otherwise 0. */
    public long datagram;

    /** Makes sure that nothing of the packet before shows through. */
    void clear(byte[] buffer, int wireLength, long timeNs) {
        this.buffer = buffer;
        this.wireLength = wireLength;
        this.timeNs = timeNs;
        vlanCount = 0;
        ipVersion = 0;
        sourceHigh = 0;
        sourceLow = 0;
        destinationHigh = 0;
        destinationLow = 0;
        ipOffset = 0;
        ipLength = 0;
        reassembled = false;
        datagram = 0;
        protocol = 0;
        sourcePort = 0;
        destinationPort = 0;
        transportOffset = 0;
        tcpSequence = 0;
        tcpAcknowledgement = 0;
        tcpFlags = 0;
        tcpWindow = 0;
        tcpUrgent = 0;
        payloadOffset = 0;
        payloadLength = 0;
        payloadWireLength = 0;
    }

    public boolean has(int tcpFlag) {
        return (tcpFlags & tcpFlag) != 0;
    }
}
