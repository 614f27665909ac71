package org.sandbar.protocol.mail;

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

/**
 * A protocol of mail. The client's first command decides, for greetings are not its own: {@code 220} is FTP's as well, {@code +OK} that of
 * Redis. Stateless, any thread.
 */
public final class MailProtocol implements Protocol {
    /** A first command that has no end so far is none. */
    private static final int LONGEST_LINE = 512;

    private static final Signal CLIENT =
            new Signal("mail-client", "a mail server greeted, and a client began as it should");

    private final Dialect dialect;

    public MailProtocol(Dialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public String name() {
        return dialect.key();
    }

    @Override
    public int transport() {
        return Packet.TCP;
    }

    @Override
    public List<Integer> usualPorts() {
        return dialect.ports();
    }

    @Override
    public List<EventKind> kinds() {
        return List.of();
    }

    @Override
    public List<Signal> signals() {
        return List.of(CLIENT);
    }

    @Override
    public Probe probe(int serverPort, Direction direction, byte[] buffer, int offset, int length) {
        int end = offset + length;
        if (direction == Direction.TO_CLIENT) {
            return dialect.mayGreet(buffer, offset, end) ? Probe.NEED_MORE : Probe.NO_MATCH;
        }
        int lineFeed = Ascii.indexOfLineFeed(buffer, offset, end);
        if (lineFeed < 0) {
            return length < LONGEST_LINE && dialect.mayBegin(buffer, offset, end) ? Probe.NEED_MORE : Probe.NO_MATCH;
        }
        boolean first = dialect.command(buffer, offset, Ascii.trimEnd(buffer, offset, lineFeed)) != null;
        return first ? Probe.MATCH : Probe.NO_MATCH;
    }

    @Override
    public Analyzer analyzer(Output output) {
        return new Opening(output);
    }

    /** Sees that the server greeted before the client began, states that as evidence, and wants nothing more. The flow's thread alone. */
    private final class Opening implements Analyzer {
        private final Output output;
        private boolean greeted;

        Opening(Output output) {
            this.output = output;
        }

        @Override
        public long onData(Direction direction, byte[] buffer, int offset, int length) {
            int end = offset + length;
            if (direction == Direction.TO_CLIENT) {
                greeted |= dialect.mayGreet(buffer, offset, end);
                return SKIP_ALL;
            }
            int lineFeed = Ascii.indexOfLineFeed(buffer, offset, end);
            String command =
                    dialect.command(buffer, offset, Ascii.trimEnd(buffer, offset, lineFeed < 0 ? end : lineFeed));
            if (greeted && command != null) {
                output.evidence(CLIENT, command);
            }
            return SKIP_ALL;
        }

        @Override
        public void onGap(Direction direction, long missing) {}

        @Override
        public void onEnd(Direction direction) {}
    }
}
