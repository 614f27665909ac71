package org.sandbar.engine;

import java.util.BitSet;
import org.sandbar.alg.Armed;
import org.sandbar.alg.Holes;
import org.sandbar.bytes.Bytes;
import org.sandbar.flow.Direction;
import org.sandbar.flow.Flow;
import org.sandbar.wire.Packet;

/**
 * Shows the fragments of a datagram behind its first, each by itself, to the filter that takes them for packets
 * ({@link Armed#PER_FRAGMENT}): NAT slipstreaming over UDP makes a datagram so long that a fragment begins with another UDP header, of its
 * own choice, and SIP. Whoever puts the datagram together, as Linux does, sees nothing there. Works once the datagram is whole. The
 * shard's thread.
 */
final class SingleFragments {
    private static final int BLOCK = 8;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int UDP_HEADER = 8;
    private static final int DESTINATION_PORT = 2;

    private final BitSet ports = new BitSet();
    private final Holes holes;
    private final Packet fragment = new Packet();

    SingleFragments(Armed armed, Holes holes) {
        armed.portsOf(Armed.PER_FRAGMENT).forEach(ports::set);
        this.holes = holes;
    }

    /** A datagram of a flow that was put together. */
    void show(Flow flow, Packet whole) {
        // What is in a tunnel was not cut where its outside was.
        if (whole.protocol != Packet.UDP || whole.ipOffset != 0) {
            return;
        }
        int header = whole.ipVersion == 4 ? IPV4_HEADER : IPV6_HEADER;
        int end = whole.payloadOffset + whole.payloadLength;
        int start = whole.fragmentStarts.nextSetBit(1);
        while (start >= 0) {
            int next = whole.fragmentStarts.nextSetBit(start + 1);
            int at = header + start * BLOCK;
            int to = next < 0 ? end : Math.min(end, header + next * BLOCK);
            if (to - at > UDP_HEADER && ports.get(Bytes.u16(whole.buffer, at + DESTINATION_PORT))) {
                see(flow, whole, at + UDP_HEADER, to);
            }
            start = next;
        }
    }

    /** To that filter it is the first packet of a conversation. */
    private void see(Flow flow, Packet whole, int from, int to) {
        fragment.buffer = whole.buffer;
        fragment.timeNs = whole.timeNs;
        fragment.ipVersion = whole.ipVersion;
        fragment.sourceHigh = whole.sourceHigh;
        fragment.sourceLow = whole.sourceLow;
        fragment.destinationHigh = whole.destinationHigh;
        fragment.destinationLow = whole.destinationLow;
        fragment.payloadOffset = from;
        fragment.payloadLength = to - from;
        Armed.PER_FRAGMENT.inspect(flow, holes).see(Direction.TO_SERVER, fragment);
    }
}
