package org.sandbar.protocol.policyfile;

import java.util.List;
import org.sandbar.bytes.Ascii;
import org.sandbar.event.EventKind;
import org.sandbar.event.Signal;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Output;
import org.sandbar.protocol.Probe;
import org.sandbar.protocol.Protocol;
import org.sandbar.wire.Packet;

/** A plugin asks for a socket policy: the client's first bytes are exactly the request, on whatever port. */
public final class PolicyFileProtocol implements Protocol {
    static final byte[] REQUEST = Ascii.bytes("<policy-file-request/>");

    @Override
    public String name() {
        return "policyfile";
    }

    @Override
    public int transport() {
        return Packet.TCP;
    }

    @Override
    public List<Integer> usualPorts() {
        return List.of(843, 943);
    }

    @Override
    public List<EventKind> kinds() {
        return List.of(PolicyFileEvents.POLICY_FILE);
    }

    @Override
    public List<Signal> signals() {
        return List.of(PolicyFileEvents.REQUESTED);
    }

    @Override
    public Probe probe(int serverPort, Direction direction, byte[] buffer, int offset, int length) {
        if (Ascii.startsWith(buffer, offset, offset + length, REQUEST)) {
            return direction == Direction.TO_SERVER ? Probe.MATCH : Probe.MATCH_REVERSED;
        }
        return Ascii.isPrefixOf(REQUEST, buffer, offset, offset + length) ? Probe.NEED_MORE : Probe.NO_MATCH;
    }

    @Override
    public Analyzer analyzer(Output output) {
        return new PolicyFileAnalyzer(output);
    }
}
