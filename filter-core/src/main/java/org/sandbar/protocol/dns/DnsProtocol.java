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
 * DNS over UDP or TCP: a header with sane counts, and a first question whose name can be walked. It is on any port, so the question has
 * to be whole; on the ports of Multicast DNS (RFC 6762) and LLMNR (RFC 4795), whose messages look alike but which anybody on the link may
 * answer, it is not believed unless it asks for recursion, as no Multicast DNS does. Over TCP two bytes with the message's length come
 * first. Stateless, any thread.
 */
public final class DnsProtocol implements Protocol {
    private static final int HEADER = 12;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_LABEL = 63;
    private static final int MOST_RECORDS = 256;
    private static final int SHORTEST = HEADER + 5;
    private static final int MULTICAST_DNS = 5_353;
    private static final int LLMNR = 5_355;
    /** Of a first message, which is a question: text, whose first letters would be a larger number, is ruled out at once. */
    private static final int LONGEST_OVER_TCP = 4_095;

    private final int transport;

    /** Over this transport: {@link Packet#UDP} or {@link Packet#TCP}. */
    public DnsProtocol(int transport) {
        this.transport = transport;
    }

    @Override
    public String name() {
        return "dns";
    }

    @Override
    public int transport() {
        return transport;
    }

    @Override
    public List<Integer> usualPorts() {
        return List.of(53);
    }

    @Override
    public List<EventKind> kinds() {
        return List.of();
    }

    @Override
    public Probe probe(int serverPort, Direction direction, byte[] buffer, int offset, int length) {
        if (transport == Packet.UDP) {
            boolean whole = length >= SHORTEST
                    && isHeader(serverPort, buffer, offset)
                    && isQuestion(buffer, offset + HEADER, offset + length);
            return whole ? sender(direction, buffer, offset) : Probe.NO_MATCH;
        }
        if (length < 2) {
            return Probe.NEED_MORE;
        }
        int size = Bytes.u16(buffer, offset);
        if (size < SHORTEST || size > LONGEST_OVER_TCP) {
            return Probe.NO_MATCH;
        }
        if (length < 2 + HEADER) {
            return Probe.NEED_MORE;
        }
        int message = offset + 2;
        int known = Math.min(size, length - 2);
        if (!isHeader(serverPort, buffer, message)) {
            return Probe.NO_MATCH;
        }
        if (isQuestion(buffer, message + HEADER, message + known)) {
            return sender(direction, buffer, message);
        }
        return known < Math.min(size, SHORTEST + LONGEST_NAME) ? Probe.NEED_MORE : Probe.NO_MATCH;
    }

    private static boolean isResponse(byte[] buffer, int offset) {
        return (buffer[offset + 2] & 0x80) != 0;
    }

    private static Probe sender(Direction direction, byte[] buffer, int offset) {
        boolean asExpected = isResponse(buffer, offset) == (direction == Direction.TO_CLIENT);
        return asExpected ? Probe.MATCH : Probe.MATCH_REVERSED;
    }

    private static boolean isHeader(int serverPort, byte[] buffer, int offset) {
        int operation = buffer[offset + 2] >> 3 & 15;
        boolean recursive = (buffer[offset + 2] & 1) != 0;
        boolean linkLocal = serverPort == LLMNR || serverPort == MULTICAST_DNS && !recursive;
        return !linkLocal
                && operation <= 5
                && Bytes.u16(buffer, offset + 4) == 1
                && Bytes.u16(buffer, offset + 6) <= (isResponse(buffer, offset) ? MOST_RECORDS : 0)
                && Bytes.u16(buffer, offset + 8) <= MOST_RECORDS
                && Bytes.u16(buffer, offset + 10) <= MOST_RECORDS;
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
        return new DnsAnalyzer(output, transport == Packet.TCP);
    }
}
