package org.sandbar.flow;

import org.sandbar.wire.Packet;

/**
 * Hashes of a packet's endpoints that are the same in both directions, so that both halves of a conversation meet: in a slot of the
 * flow table, and on a shard. Not secret: a table under attack stays bounded by its limit, not by the hash.
 */
public final class Hash {
    private Hash() {}

    /** A bijection of 64 bits that spreads them (the finalizer of SplitMix64). */
    public static long mix(long bits) {
        long mixed = (bits ^ bits >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d0_49bb_1331_11ebL;
        return mixed ^ mixed >>> 31;
    }

    private static long host(long high, long low) {
        return mix(high * 0x9e37_79b9_7f4a_7c15L + low);
    }

    /** Of the unordered pair of hosts alone: what a shard is chosen by. */
    public static long hostPair(Packet packet) {
        return mix(host(packet.sourceHigh, packet.sourceLow) + host(packet.destinationHigh, packet.destinationLow));
    }

    /** Of the unordered pair of endpoints, the protocol and the VLANs. */
    static long endpoints(Packet packet, int sourcePort, int destinationPort, int vlans) {
        long source = mix(host(packet.sourceHigh, packet.sourceLow) + sourcePort);
        long destination = mix(host(packet.destinationHigh, packet.destinationLow) + destinationPort);
        return mix(source + destination + ((long) vlans << 8) + packet.protocol);
    }
}
