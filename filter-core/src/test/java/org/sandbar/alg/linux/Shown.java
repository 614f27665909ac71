package org.sandbar.alg.linux;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.sandbar.alg.Gateway;
import org.sandbar.alg.Hole;
import org.sandbar.alg.Holes;
import org.sandbar.alg.Inspection;
import org.sandbar.bytes.Limits;
import org.sandbar.flow.Direction;
import org.sandbar.flow.Flow;
import org.sandbar.flow.FlowTable;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;

/** A gateway that is shown packets between 10.88.1.2 and 10.88.2.2, and what it would open for them. */
final class Shown implements Holes {
    final List<String> holes = new ArrayList<>();
    final List<String> triggers = new ArrayList<>();
    private final Packet packet = new Packet();
    private final Inspection inspection;

    Shown(Gateway gateway) {
        this(gateway, "10.88.1.2", "10.88.2.2");
    }

    Shown(Gateway gateway, String client, String server) {
        Address from = Address.parse(client);
        Address to = Address.parse(server);
        packet.ipVersion = from.version();
        packet.sourceHigh = from.high();
        packet.sourceLow = from.low();
        packet.destinationHigh = to.high();
        packet.destinationLow = to.low();
        packet.sourcePort = 40_000;
        packet.destinationPort = gateway.usualPorts().get(0);
        packet.protocol = gateway.transport();
        packet.tcpFlags = Packet.SYN;
        packet.ordinal = 1;
        inspection = gateway.inspect(new FlowTable<>(Flow::new, Limits.USUAL).begin(packet), this);
    }

    Shown client(String bytes) {
        return see(Direction.TO_SERVER, bytes);
    }

    Shown server(String bytes) {
        return see(Direction.TO_CLIENT, bytes);
    }

    /** Each char is one byte; before and behind them is poison. */
    private Shown see(Direction direction, String bytes) {
        packet.buffer = ("\n1" + bytes + "1\n").getBytes(StandardCharsets.ISO_8859_1);
        packet.payloadOffset = 2;
        packet.payloadLength = bytes.length();
        packet.payloadWireLength = bytes.length();
        inspection.see(direction, packet);
        return this;
    }

    @Override
    public void open(Gateway gateway, Hole hole, int from, int to) {
        String transport = hole.transport() == Packet.TCP ? "TCP" : hole.transport() == Packet.UDP ? "UDP" : "GRE";
        String source = hole.from() == null ? "any" : hole.from().toString();
        holes.add(gateway.filter() + ' ' + transport + ' ' + source + ' ' + hole.to() + ' ' + hole.toPort());
        triggers.add(new String(packet.buffer, from, to - from, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void drop(Gateway gateway, int from, int to) {
        holes.add(gateway.filter() + " drop");
    }
}
