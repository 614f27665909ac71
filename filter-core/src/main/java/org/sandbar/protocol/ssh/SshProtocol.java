package org.sandbar.protocol.ssh;

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

/** SSH by the version line of either side (RFC 4253 section 4.2), with a digit behind it as all versions have. Any thread. */
public final class SshProtocol implements Protocol {
    static final byte[] MARK = Ascii.bytes("SSH-");

    @Override
    public String name() {
        return "ssh";
    }

    @Override
    public int transport() {
        return Packet.TCP;
    }

    @Override
    public List<Integer> usualPorts() {
        return List.of(22, 2222);
    }

    @Override
    public List<EventKind> kinds() {
        return List.of(SshEvents.SSH);
    }

    @Override
    public List<Signal> signals() {
        return List.of(SshEvents.CLIENT);
    }

    @Override
    public Probe probe(int serverPort, Direction direction, byte[] buffer, int offset, int length) {
        int digit = MARK.length;
        if (length <= digit) {
            return Ascii.isPrefixOf(MARK, buffer, offset, offset + length) ? Probe.NEED_MORE : Probe.NO_MATCH;
        }
        boolean version =
                Ascii.startsWith(buffer, offset, offset + length, MARK) && Ascii.isDigit(buffer[offset + digit]);
        return version ? Probe.MATCH : Probe.NO_MATCH;
    }

    @Override
    public Analyzer analyzer(Output output) {
        return new SshAnalyzer(output);
    }
}
