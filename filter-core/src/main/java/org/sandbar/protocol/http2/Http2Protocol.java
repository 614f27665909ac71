package org.sandbar.protocol.http2;

import java.util.List;
import org.sandbar.bytes.Ascii;
import org.sandbar.event.EventKind;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Output;
import org.sandbar.protocol.Probe;
import org.sandbar.protocol.Protocol;
import org.sandbar.protocol.Unread;
import org.sandbar.wire.Packet;

/**
 * HTTP/2 with prior knowledge, by the client's connection preface (RFC 9113 section 3.4), or handed on by an upgrade to h2c. Any thread.
 */
public final class Http2Protocol implements Protocol {
    private static final byte[] PREFACE = Ascii.bytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    /**
     * The header of the SETTINGS frame that a server may send first: its length in three bytes, of which the last varies, type, flags,
     * stream.
     */
    private static final byte[] SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};

    @Override
    public String name() {
        return "http2";
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
        return List.of();
    }

    @Override
    public Probe probe(int serverPort, Direction direction, byte[] buffer, int offset, int length) {
        if (direction == Direction.TO_CLIENT && isSettings(buffer, offset, length)) {
            return Probe.NEED_MORE;
        }
        int looked = Math.min(length, PREFACE.length);
        if (!Ascii.isPrefixOf(PREFACE, buffer, offset, offset + looked)) {
            return Probe.NO_MATCH;
        }
        if (looked < PREFACE.length) {
            return Probe.NEED_MORE;
        }
        return direction == Direction.TO_SERVER ? Probe.MATCH : Probe.MATCH_REVERSED;
    }

    /** It is no mark to be sure of: the client's preface decides. */
    private static boolean isSettings(byte[] buffer, int offset, int length) {
        for (int i = 0; i < Math.min(length, SETTINGS.length); i++) {
            boolean varies = i == 2;
            if (!varies && buffer[offset + i] != SETTINGS[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Analyzer analyzer(Output output) {
        return Unread.INSTANCE;
    }
}
