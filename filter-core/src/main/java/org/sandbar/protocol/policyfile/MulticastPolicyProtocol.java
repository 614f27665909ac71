package org.sandbar.protocol.policyfile;

import java.util.List;
import org.sandbar.bytes.Ascii;
import org.sandbar.bytes.Bytes;
import org.sandbar.event.EventKind;
import org.sandbar.event.Signal;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Output;
import org.sandbar.protocol.Probe;
import org.sandbar.protocol.Protocol;
import org.sandbar.wire.Packet;

/**
 * Silverlight's multicast policy protocol, over UDP, usually at port 9430: before it joins a group the plugin announces itself to it, or to
 * the source, and goes on where an authorization comes back. Layout by Microsoft's sample server (MulticastPolicyPacket): {@code SL\0},
 * version 1, type, four bytes of identifier, port, length of the application's origin, length of the group's address, then both;
 * numbers have their least byte first. Stateless, any thread.
 */
public final class MulticastPolicyProtocol implements Protocol {
    static final int HEADER = 14;
    static final int ANNOUNCEMENT = 0;
    static final int AUTHORIZATION = 1;

    private static final byte[] START = {'S', 'L', 0, 1};

    @Override
    public String name() {
        return "multicast-policy";
    }

    @Override
    public int transport() {
        return Packet.UDP;
    }

    @Override
    public List<Integer> usualPorts() {
        return List.of(9430);
    }

    /** It tells {@code policy_file} events, which are {@link PolicyFileProtocol}'s. */
    @Override
    public List<EventKind> kinds() {
        return List.of();
    }

    @Override
    public List<Signal> signals() {
        return List.of(PolicyFileEvents.MULTICAST_REQUESTED);
    }

    @Override
    public Probe probe(int serverPort, Direction direction, byte[] buffer, int offset, int length) {
        return isMessage(buffer, offset, length) ? Probe.MATCH : Probe.NO_MATCH;
    }

    /** Whether a datagram is one whole message; bytes behind it are passed over, as Microsoft's server does. */
    static boolean isMessage(byte[] buffer, int offset, int length) {
        if (length < HEADER || !Ascii.startsWith(buffer, offset, offset + length, START)) {
            return false;
        }
        int type = buffer[offset + 4];
        int address = Bytes.u8(buffer, offset + 13);
        return (type == ANNOUNCEMENT || type == AUTHORIZATION)
                && (address == 4 || address == 16)
                && HEADER + Bytes.u16Little(buffer, offset + 11) + address <= length;
    }

    @Override
    public Analyzer analyzer(Output output) {
        return new MulticastPolicyAnalyzer(output);
    }
}
