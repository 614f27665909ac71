package org.sandbar.engine;

import java.util.Map;
import java.util.TreeMap;
import org.sandbar.wire.Decoded;

/** What stage 1 counted. A shard's own while it runs; added up when all have ended. */
public final class Counters {
    private final long[] decoded = new long[Decoded.values().length];
    private final Map<String, Long> protocols = new TreeMap<>();
    private final Map<String, Long> faults = new TreeMap<>();
    private long packets;
    private long bytes;
    private long flows;
    private long crowdedOut;
    private long firstNs = Long.MAX_VALUE;
    private long lastNs = Long.MIN_VALUE;
    private long incompleteDatagrams;
    private long badChecksums;

    void packet(long timeNs, int wireLength) {
        packets++;
        bytes += wireLength;
        if (timeNs < firstNs) {
            firstNs = timeNs;
        }
        if (timeNs > lastNs) {
            lastNs = timeNs;
        }
    }

    void decoded(Decoded outcome) {
        decoded[outcome.ordinal()]++;
    }

    void flow() {
        flows++;
    }

    void crowdOut() {
        crowdedOut++;
    }

    void recognised(String protocol) {
        protocols.merge(protocol, 1L, Long::sum);
    }

    /** A defect of an analyzer that was caught; its flow goes on unread. */
    void fault(String where) {
        faults.merge(where, 1L, Long::sum);
    }

    void badChecksum() {
        badChecksums++;
    }

    void incompleteDatagrams(long count) {
        incompleteDatagrams = count;
    }

    /** As they stand now, for another thread. */
    Counters copy() {
        Counters copy = new Counters();
        copy.add(this);
        return copy;
    }

    /** Adds another shard's share. Every shard sees every packet, so packets are counted by the first alone. */
    void add(Counters other) {
        packets += other.packets;
        bytes += other.bytes;
        flows += other.flows;
        crowdedOut += other.crowdedOut;
        firstNs = Math.min(firstNs, other.firstNs);
        lastNs = Math.max(lastNs, other.lastNs);
        incompleteDatagrams += other.incompleteDatagrams;
        badChecksums += other.badChecksums;
        for (int i = 0; i < decoded.length; i++) {
            decoded[i] += other.decoded[i];
        }
        other.protocols.forEach((name, count) -> protocols.merge(name, count, Long::sum));
        other.faults.forEach((name, count) -> faults.merge(name, count, Long::sum));
    }

    public long packets() {
        return packets;
    }

    /** Bytes on the wire. */
    public long bytes() {
        return bytes;
    }

    public long flows() {
        return flows;
    }

    /** Flows that ended early because others began and there was no more room. */
    public long crowdedOut() {
        return crowdedOut;
    }

    /** Nanoseconds of packet time from the first packet to the last. */
    public long spanNs() {
        return packets == 0 ? 0 : lastNs - firstNs;
    }

    /** Packet time of the latest packet. */
    public long lastNs() {
        return lastNs;
    }

    public long count(Decoded outcome) {
        return decoded[outcome.ordinal()];
    }

    /** Packets passed over because a checksum was wrong; 0 where none was looked at. */
    public long badChecksums() {
        return badChecksums;
    }

    public long incompleteDatagrams() {
        return incompleteDatagrams;
    }

    /** Flows by the protocol that was recognised. */
    public Map<String, Long> protocols() {
        return protocols;
    }

    /** Defects caught, by place; empty where there were none. */
    public Map<String, Long> faults() {
        return faults;
    }
}
