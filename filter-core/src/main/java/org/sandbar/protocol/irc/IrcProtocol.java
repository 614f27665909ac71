package org.sandbar.protocol.irc;

import java.util.List;
import org.sandbar.event.EventKind;
import org.sandbar.event.Signal;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Output;
import org.sandbar.protocol.Probe;
import org.sandbar.protocol.Protocol;
import org.sandbar.wire.Packet;

/** IRC between a client and a server, recognised by what {@link IrcProbe} knows. Stateless, any thread. */
public final class IrcProtocol implements Protocol {
    @Override
    public String name() {
        return "irc";
    }

    @Override
    public int transport() {
        return Packet.TCP;
    }

    @Override
    public List<Integer> usualPorts() {
        return List.of(194, 6_660, 6_661, 6_662, 6_663, 6_664, 6_665, 6_666, 6_667, 6_668, 6_669, 7_000);
    }

    @Override
    public List<EventKind> kinds() {
        return List.of(IrcEvents.IRC);
    }

    @Override
    public List<Signal> signals() {
        return List.of(IrcEvents.CLIENT);
    }

    @Override
    public Probe probe(int serverPort, Direction direction, byte[] buffer, int offset, int length) {
        return IrcProbe.probe(direction, buffer, offset, offset + length);
    }

    @Override
    public Analyzer analyzer(Output output) {
        return new IrcAnalyzer(output);
    }
}
