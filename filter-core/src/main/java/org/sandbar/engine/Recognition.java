package org.sandbar.engine;

import java.util.BitSet;
import java.util.List;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Probe;
import org.sandbar.protocol.Protocol;

/**
 * Finds a flow's protocol by its first bytes, in both directions. The port only decides who is asked first. A flow that was joined in
 * mid-stream is asked anew at each segment, for messages mostly begin where segments do.
 */
final class Recognition {
    /** What came of asking. */
    enum Outcome {
        FOUND,
        FOUND_REVERSED,
        /** More bytes behind these may tell. */
        WAIT,
        /** Not in these bytes; the next segment is asked. */
        PASS,
        UNKNOWN
    }

    private final Protocol[] protocols;
    private final BitSet[] usualPorts;
    private final int probeBytes;
    private final int probeSegments;
    private Protocol found;

    Recognition(List<Protocol> protocols, Limits limits) {
        this.protocols = protocols.toArray(new Protocol[0]);
        usualPorts = new BitSet[protocols.size()];
        for (int i = 0; i < usualPorts.length; i++) {
            usualPorts[i] = new BitSet();
            protocols.get(i).usualPorts().forEach(usualPorts[i]::set);
        }
        probeBytes = limits.of(Bound.PROBE_BYTES);
        probeSegments = limits.of(Bound.PROBE_SEGMENTS);
    }

    /** The protocol of this name over this transport, or null. */
    Protocol named(String name, int transport) {
        for (Protocol protocol : protocols) {
            if (protocol.name().equals(name) && protocol.transport() == transport) {
                return protocol;
            }
        }
        return null;
    }

    /** The protocol of the last {@link Outcome#FOUND}. */
    Protocol found() {
        return found;
    }

    Outcome ask(TrackedFlow flow, Direction direction, byte[] buffer, int offset, int length) {
        int looked = Math.min(length, probeBytes);
        boolean waiting = false;
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < protocols.length; i++) {
                Protocol protocol = protocols[i];
                boolean usual = usualPorts[i].get(flow.serverPort());
                if (usual != (round == 0) || protocol.transport() != flow.protocol() || (flow.excluded & 1 << i) != 0) {
                    continue;
                }
                Probe answer = protocol.probe(flow.serverPort(), direction, buffer, offset, looked);
                if (answer == Probe.MATCH || answer == Probe.MATCH_REVERSED && flow.isMidstream()) {
                    found = protocol;
                    return answer == Probe.MATCH ? Outcome.FOUND : Outcome.FOUND_REVERSED;
                }
                if (answer == Probe.NEED_MORE) {
                    waiting = true;
                } else if (!flow.isMidstream()) {
                    flow.excluded |= 1 << i;
                }
            }
        }
        if (waiting && length < probeBytes) {
            return Outcome.WAIT;
        }
        return flow.isMidstream() && ++flow.probedSegments < probeSegments ? Outcome.PASS : Outcome.UNKNOWN;
    }
}
