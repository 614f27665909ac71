package org.sandbar.protocol.dns;

import java.util.List;
import org.sandbar.bytes.Bytes;
import org.sandbar.event.EventKind;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Output;
import org.sandbar.protocol.Probe;
import org.sandbar.protocol.Protocol;
import org.sandbar.wire.Packet;

/**
 * DNS over UDP: a header with sane counts, and a first question whose name can be walked. The port is not looked at, so the question
 * has to be whole.
 */
public final class DnsProtocol implements Protocol {
    private static final int HEADER = 12;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_LABEL = 63;
    private static final int MOST_RECORDS = 256;

    @Override
    public String name() {
        return "dns";
    }

    @Override
    public int transport() {
        return Packet.UDP;
    }

    @Override
    public List<Integer> usualPorts() {
        return List.of(53, 5353);
    }

    @Override
    public List<EventKind> kinds() {
        return List.of();
    }

    @Override
    public Probe probe(int serverPort, Direction direction, byte[] buffer, int offset, int length) {
        if (length < HEADER + 5) {
            return Probe.NO_MATCH;
        }
        int flags = Bytes.u16(buffer, offset + 2);
        boolean response = (flags & 0x8000) != 0;
        int operation = flags >> 11 & 15;
        int answers = Bytes.u16(buffer, offset + 6);
        boolean counts = Bytes.u16(buffer, offset + 4) == 1
                && answers <= (response ? MOST_RECORDS : 0)
                && Bytes.u16(buffer, offset + 8) <= MOST_RECORDS
                && Bytes.u16(buffer, offset + 10) <= MOST_RECORDS;
        if (operation > 5 || !counts || !isQuestion(buffer, offset + HEADER, offset + length)) {
            return Probe.NO_MATCH;
        }
        boolean asExpected = response == (direction == Direction.TO_CLIENT);
        return asExpected ? Probe.MATCH : Probe.MATCH_REVERSED;
    }

    private static boolean isQuestion(byte[] buffer, int from, int to) {
        int at = from;
        while (at < to && buffer[at] != 0) {
            int label = Bytes.u8(buffer, at);
            if (label > LONGEST_LABEL || at - from > LONGEST_NAME) {
                return false;
            }
            at += 1 + label;
        }
        if (at + 5 > to) {
            return false;
        }
        int type = Bytes.u16(buffer, at + 1);
        int questionClass = Bytes.u16(buffer, at + 3) & 0x7fff;
        return type != 0 && (questionClass >= 1 && questionClass <= 4 || questionClass == 255);
    }

    @Override
    public Analyzer analyzer(Output output) {
        return Unread.INSTANCE;
    }

    /** Messages are not read yet. */
    private enum Unread implements Analyzer {
        INSTANCE;

        @Override
        public long onData(Direction direction, byte[] buffer, int offset, int length) {
            return length;
        }

        @Override
        public void onGap(Direction direction, long missing) {}

        @Override
        public void onEnd(Direction direction) {}
    }
}
