package org.sandbar.protocol.stun;

import java.util.List;
import org.sandbar.bytes.Bytes;
import org.sandbar.event.EventKind;
import org.sandbar.event.Signal;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Output;
import org.sandbar.protocol.Probe;
import org.sandbar.protocol.Protocol;
import org.sandbar.protocol.WebRtc;
import org.sandbar.wire.Packet;

/**
 * STUN by its magic cookie; over UDP also without one (RFC 3489), where all else is as it has to be. Over TCP messages stand by
 * themselves (RFC 8489 section 6.2.2) or, in ICE, each behind its length (RFC 6544 section 3). Stateless, any thread.
 */
public final class StunProtocol implements Protocol {
    private static final int BINDING_REQUEST = 0x0001;
    private static final int BINDING_RESPONSE = 0x0101;
    private static final int BINDING_ERROR = 0x0111;
    private static final int HIGHEST_CLASSIC_ATTRIBUTE = 0x000b;
    private static final int FIRST_OPTIONAL_ATTRIBUTE = 0x8000;
    /** RFC 4571: bytes of the length before a message. */
    static final int FRAME_LENGTH = 2;

    /** A check fits into a packet; text, whose first letters would be a larger number, is ruled out at once. */
    private static final int HIGHEST_FRAME_LENGTH = 1_535;

    private static final int COOKIE = 4;
    private static final List<Integer> PORTS = List.of(3_478, 3_479, 19_302);

    private final int transport;

    /** Over this transport: {@link Packet#UDP} or {@link Packet#TCP}. */
    public StunProtocol(int transport) {
        this.transport = transport;
    }

    @Override
    public String name() {
        return "stun";
    }

    @Override
    public int transport() {
        return transport;
    }

    @Override
    public List<Integer> usualPorts() {
        return PORTS;
    }

    @Override
    public List<EventKind> kinds() {
        return List.of(StunEvents.STUN);
    }

    @Override
    public List<Signal> signals() {
        return Marks.SIGNALS;
    }

    @Override
    public Probe probe(int serverPort, Direction direction, byte[] buffer, int offset, int length) {
        int end = offset + length;
        if (transport == Packet.UDP) {
            // In ICE either side may ask first, so the sender says nothing of who is who.
            boolean found = WebRtc.isStun(buffer, offset, end)
                    || isClassic(buffer, offset, end) && (length > WebRtc.STUN_HEADER || PORTS.contains(serverPort));
            return found ? Probe.MATCH : Probe.NO_MATCH;
        }
        if (mayBegin(buffer, offset, end)) {
            return length < WebRtc.STUN_HEADER ? Probe.NEED_MORE : sender(direction, buffer, offset);
        }
        if (mayBeFramed(buffer, offset, end)) {
            return length < FRAME_LENGTH + WebRtc.STUN_HEADER ? Probe.NEED_MORE : Probe.MATCH;
        }
        return Probe.NO_MATCH;
    }

    /** Requests are the client's, as far as a server is asked. */
    private static Probe sender(Direction direction, byte[] buffer, int offset) {
        boolean isResponse = (buffer[offset] & 1) != 0;
        return isResponse == (direction == Direction.TO_CLIENT) ? Probe.MATCH : Probe.MATCH_REVERSED;
    }

    /** Whether the bytes are a message with its cookie, as far as they are there. */
    static boolean mayBegin(byte[] buffer, int from, int to) {
        if (from < to && Bytes.u8(buffer, from) > 3) {
            return false;
        }
        for (int i = 0; i < COOKIE && from + COOKIE + i < to; i++) {
            if (buffer[from + COOKIE + i] != (byte) (WebRtc.MAGIC_COOKIE >>> 24 - 8 * i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the bytes are the length of a message and the message, as far as they are there. */
    static boolean mayBeFramed(byte[] buffer, int from, int to) {
        int message = from + FRAME_LENGTH;
        if (to - from < FRAME_LENGTH) {
            return from == to || Bytes.u8(buffer, from) <= HIGHEST_FRAME_LENGTH >> 8;
        }
        int length = Bytes.u16(buffer, from);
        if (length < WebRtc.STUN_HEADER || length > HIGHEST_FRAME_LENGTH || !mayBegin(buffer, message, to)) {
            return false;
        }
        return to - message < COOKIE || length == WebRtc.STUN_HEADER + Bytes.u16(buffer, message + 2);
    }

    /** Whether the bytes are a message of RFC 3489, whole and with none but its attributes and such as may be skipped. */
    static boolean isClassic(byte[] buffer, int from, int to) {
        if (to - from < WebRtc.STUN_HEADER || Bytes.u16(buffer, from + 2) != to - from - WebRtc.STUN_HEADER) {
            return false;
        }
        int type = Bytes.u16(buffer, from);
        if (type != BINDING_REQUEST && type != BINDING_RESPONSE && type != BINDING_ERROR) {
            return false;
        }
        int at = from + WebRtc.STUN_HEADER;
        while (to - at >= 4) {
            int attribute = Bytes.u16(buffer, at);
            boolean known =
                    attribute >= 1 && attribute <= HIGHEST_CLASSIC_ATTRIBUTE || attribute >= FIRST_OPTIONAL_ATTRIBUTE;
            if (!known) {
                return false;
            }
            at += 4 + (Bytes.u16(buffer, at + 2) + 3 & ~3);
        }
        return at == to;
    }

    @Override
    public Analyzer analyzer(Output output) {
        return new StunAnalyzer(output, transport == Packet.TCP);
    }
}
