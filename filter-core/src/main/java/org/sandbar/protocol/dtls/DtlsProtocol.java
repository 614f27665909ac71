package org.sandbar.protocol.dtls;

import java.util.List;
import org.sandbar.event.EventKind;
import org.sandbar.event.Signal;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.DtlsHandshake;
import org.sandbar.protocol.Output;
import org.sandbar.protocol.Probe;
import org.sandbar.protocol.Protocol;
import org.sandbar.protocol.WebRtc;
import org.sandbar.wire.Packet;

/**
 * DTLS over UDP by its first datagram: a hello of either side, or nothing but whole records. Either side of a flow may be the one that
 * says hello first, so the sender says nothing of who is who. Stateless, any thread.
 */
public final class DtlsProtocol implements Protocol {
    @Override
    public String name() {
        return "dtls";
    }

    @Override
    public int transport() {
        return Packet.UDP;
    }

    @Override
    public List<Integer> usualPorts() {
        return List.of(443, 4433, 5349, 5684);
    }

    @Override
    public List<EventKind> kinds() {
        return List.of(DtlsEvents.DTLS);
    }

    @Override
    public List<Signal> signals() {
        return List.of(WebRtc.DTLS);
    }

    @Override
    public Probe probe(int serverPort, Direction direction, byte[] buffer, int offset, int length) {
        int end = offset + length;
        boolean found = DtlsHandshake.isHello(buffer, offset, end) || DtlsHandshake.isRecords(buffer, offset, end);
        return found ? Probe.MATCH : Probe.NO_MATCH;
    }

    @Override
    public Analyzer analyzer(Output output) {
        return new DtlsAnalyzer(output);
    }
}
