package org.sandbar.protocol.websocket;

import java.util.List;
import org.sandbar.event.EventKind;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Output;
import org.sandbar.protocol.Probe;
import org.sandbar.protocol.Protocol;
import org.sandbar.wire.Packet;

/** WebSocket, RFC 6455: never found by its bytes, only handed on from an HTTP handshake. Stateless, any thread. */
public final class WebSocketProtocol implements Protocol {
    @Override
    public String name() {
        return "websocket";
    }

    @Override
    public int transport() {
        return Packet.TCP;
    }

    @Override
    public List<Integer> usualPorts() {
        return List.of();
    }

    @Override
    public List<EventKind> kinds() {
        return List.of(WebSocketEvents.WEBSOCKET);
    }

    @Override
    public Probe probe(int serverPort, Direction direction, byte[] buffer, int offset, int length) {
        return Probe.NO_MATCH;
    }

    @Override
    public Analyzer analyzer(Output output) {
        return new WebSocketAnalyzer(output);
    }
}
