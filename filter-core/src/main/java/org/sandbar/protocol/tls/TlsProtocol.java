package org.sandbar.protocol.tls;

import java.util.List;
import org.sandbar.bytes.Bytes;
import org.sandbar.event.EventKind;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Output;
import org.sandbar.protocol.Probe;
import org.sandbar.protocol.Protocol;
import org.sandbar.protocol.Unread;
import org.sandbar.wire.Packet;

/** TLS and SSL 3 by their first record: a handshake record that holds a ClientHello or a ServerHello. */
public final class TlsProtocol implements Protocol {
    private static final int HANDSHAKE_RECORD = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int SERVER_HELLO = 2;
    private static final int LONGEST_RECORD = (1 << 14) + 2_048;

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
        return List.of();
    }

    @Override
    public Probe probe(int serverPort, Direction direction, byte[] buffer, int offset, int length) {
        if (buffer[offset] != HANDSHAKE_RECORD || length > 1 && buffer[offset + 1] != 3) {
            return Probe.NO_MATCH;
        }
        if (length < 6) {
            return Probe.NEED_MORE;
        }
        int recordLength = Bytes.u16(buffer, offset + 3);
        if (buffer[offset + 2] > 4 || recordLength < 4 || recordLength > LONGEST_RECORD) {
            return Probe.NO_MATCH;
        }
        return switch (buffer[offset + 5]) {
            case CLIENT_HELLO -> direction == Direction.TO_SERVER ? Probe.MATCH : Probe.MATCH_REVERSED;
            case SERVER_HELLO -> direction == Direction.TO_CLIENT ? Probe.MATCH : Probe.MATCH_REVERSED;
            default -> Probe.NO_MATCH;
        };
    }

    @Override
    public Analyzer analyzer(Output output) {
        return Unread.INSTANCE;
    }
}
