package org.sandbar.alg.linux.h323;

import java.util.TreeSet;
import org.sandbar.alg.Gateway;
import org.sandbar.alg.Hole;
import org.sandbar.alg.Holes;
import org.sandbar.alg.Inspection;
import org.sandbar.flow.Direction;
import org.sandbar.flow.Flow;
import org.sandbar.wire.Packet;

/** One flow that a gateway looks into, and what it would open for it. */
final class Overheard implements Holes {
    final TreeSet<String> opened = new TreeSet<>();
    final Packet packet = new Packet();
    private final Inspection inspection;
    Hole last;

    private static final class Begun extends Flow {
        Begun(Packet first) {
            begin(first, 0, 0);
        }
    }

    private Overheard(Gateway gateway, Packet first) {
        inspection = gateway.inspect(new Begun(first), this);
    }

    /** From 10.88.1.2 to 10.88.2.2. */
    static Overheard v4(Gateway gateway) {
        return new Overheard(gateway, first(gateway, 4, 0, 0x0a580102, 0x0a580202));
    }

    /** From 2001:db8::2 to 2001:db8::9. */
    static Overheard v6(Gateway gateway) {
        return new Overheard(gateway, first(gateway, 6, 0x2001_0db8_0000_0000L, 2, 9));
    }

    private static Packet first(Gateway gateway, int version, long high, long client, long server) {
        Packet packet = new Packet();
        packet.ipVersion = version;
        packet.protocol = gateway.transport();
        packet.tcpFlags = Packet.SYN;
        packet.sourceHigh = high;
        packet.sourceLow = client;
        packet.destinationHigh = high;
        packet.destinationLow = server;
        packet.sourcePort = 40_000;
        packet.destinationPort = gateway.transport() == Packet.UDP ? 1719 : 1720;
        return packet;
    }

    void say(Direction direction, byte[] bytes) {
        say(direction, bytes, 0, bytes.length);
    }

    void say(Direction direction, byte[] bytes, int from, int length) {
        packet.buffer = bytes;
        packet.payloadOffset = from;
        packet.payloadLength = length;
        if (length == 0) {
            inspection.seeEmpty(direction);
        } else {
            inspection.see(direction, packet);
        }
    }

    @Override
    public void open(Gateway gateway, Hole hole, int from, int to) {
        last = hole;
        opened.add((hole.transport() == Packet.TCP ? "TCP " : "UDP ") + hole.from() + " " + hole.to() + " "
                + hole.toPort());
    }

    @Override
    public void drop(Gateway gateway, int from, int to) {
        throw new AssertionError("it drops nothing");
    }
}
