package org.sandbar.protocol.h323;

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

/**
 * Call signalling of H.323: Q.931 (ITU-T Q.931 section 4) in packets of RFC 1006 section 6. The client's SETUP makes it likely, the
 * server's answer to a call certain: whoever only writes what a call looks like gets none. Stateless, any thread.
 */
public final class H323Protocol implements Protocol {
    private static final int HEADER = 4;
    private static final int Q931 = 8;
    private static final int REFERENCE_LENGTH = 2;
    private static final int ANSWER = 0x80;
    /** Up to the kind of the message. */
    private static final int LOOKED = HEADER + 2 + REFERENCE_LENGTH + 1;

    private static final int SETUP = 0x05;

    @Override
    public String name() {
        return "h323";
    }

    @Override
    public int transport() {
        return Packet.TCP;
    }

    @Override
    public List<Integer> usualPorts() {
        return List.of(1720);
    }

    @Override
    public List<EventKind> kinds() {
        return List.of();
    }

    @Override
    public Probe probe(int serverPort, Direction direction, byte[] buffer, int offset, int length) {
        boolean answer = direction == Direction.TO_CLIENT;
        for (int i = 0; i < Math.min(length, LOOKED); i++) {
            if (!isPlausible(i, Bytes.u8(buffer, offset + i), answer)) {
                return Probe.NO_MATCH;
            }
        }
        return answer && length >= LOOKED ? Probe.MATCH : Probe.NEED_MORE;
    }

    private static boolean isPlausible(int place, int octet, boolean answer) {
        return switch (place) {
            case 0 -> octet == 3;
            case 1 -> octet == 0;
            case HEADER -> octet == Q931;
            case HEADER + 1 -> octet == REFERENCE_LENGTH;
            case HEADER + 2 -> octet >= ANSWER == answer;
            case LOOKED - 1 -> answer ? isAnswer(octet) : octet == SETUP;
            default -> true;
        };
    }

    /** ALERTING, CALL PROCEEDING, PROGRESS, CONNECT, SETUP ACKNOWLEDGE, RELEASE COMPLETE, FACILITY, NOTIFY, INFORMATION, STATUS. */
    private static boolean isAnswer(int kind) {
        return switch (kind) {
            case 0x01, 0x02, 0x03, 0x07, 0x0d, 0x5a, 0x62, 0x6e, 0x7b, 0x7d -> true;
            default -> false;
        };
    }

    @Override
    public Analyzer analyzer(Output output) {
        return Unread.INSTANCE;
    }
}
