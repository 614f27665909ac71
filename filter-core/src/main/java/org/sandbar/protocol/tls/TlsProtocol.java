package org.sandbar.protocol.tls;

import java.util.List;
import org.sandbar.event.EventKind;
import org.sandbar.event.Signal;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Output;
import org.sandbar.protocol.Probe;
import org.sandbar.protocol.Protocol;
import org.sandbar.wire.Packet;

/** TLS and SSL 3 by their first record: a handshake record that holds a ClientHello or a ServerHello. */
public final class TlsProtocol implements Protocol {
    @Override
    public String name() {
        return "tls";
    }

    @Override
    public int transport() {
        return Packet.TCP;
    }

    @Override
    public List<Integer> usualPorts() {
        return List.of(443, 465, 563, 636, 853, 993, 995, 8443);
    }

    @Override
    public List<EventKind> kinds() {
        return List.of(TlsEvents.TLS);
    }

    @Override
    public List<Signal> signals() {
        return TlsEvents.SIGNALS;
    }

    @Override
    public Probe probe(int serverPort, Direction direction, byte[] buffer, int offset, int length) {
        if (!Handshake.isRecord(buffer, offset, offset + length)) {
            return Probe.NO_MATCH;
        }
        if (length < 6) {
            return Probe.NEED_MORE;
        }
        return switch (buffer[offset + 5]) {
            case Handshake.CLIENT_HELLO -> direction == Direction.TO_SERVER ? Probe.MATCH : Probe.MATCH_REVERSED;
            case Handshake.SERVER_HELLO -> direction == Direction.TO_CLIENT ? Probe.MATCH : Probe.MATCH_REVERSED;
            default -> Probe.NO_MATCH;
        };
    }

    @Override
    public Analyzer analyzer(Output output) {
        return new TlsAnalyzer(output);
    }
}
