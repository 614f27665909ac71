package org.sandbar.protocol.sip;

import java.util.List;
import org.sandbar.event.EventKind;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Output;
import org.sandbar.protocol.Probe;
import org.sandbar.protocol.Protocol;
import org.sandbar.wire.Packet;

/**
 * SIP, recognised on any port by a request line or a status line of its version; either side may send both, so the sender says nothing of
 * who is who. Stateless, any thread.
 */
public final class SipProtocol implements Protocol {
    private final int transport;

    /** Over this transport: {@link Packet#UDP} or {@link Packet#TCP}. */
    public SipProtocol(int transport) {
        this.transport = transport;
    }

    @Override
    public String name() {
        return "sip";
    }

    @Override
    public int transport() {
        return transport;
    }

    @Override
    public List<Integer> usualPorts() {
        return List.of(5_060);
    }

    @Override
    public List<EventKind> kinds() {
        return List.of(SipEvents.SIP);
    }

    @Override
    public Probe probe(int serverPort, Direction direction, byte[] buffer, int offset, int length) {
        Probe probe = StartLine.probe(buffer, offset, offset + length);
        // A datagram that only keeps a path open says nothing; any other has its line in it.
        boolean isAll =
                transport == Packet.UDP && StartLine.skipLineEnds(buffer, offset, offset + length) < offset + length;
        return probe == Probe.NEED_MORE && isAll ? Probe.NO_MATCH : probe;
    }

    @Override
    public Analyzer analyzer(Output output) {
        return new SipAnalyzer(output, transport == Packet.TCP);
    }
}
