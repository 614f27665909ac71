package org.sandbar.protocol.websocket;

import java.util.ArrayList;
import java.util.List;
import org.sandbar.bytes.Bytes;
import org.sandbar.event.Event;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Output;

/**
 * Follows the frames of both directions by their headers (RFC 6455 section 5.2); payloads are skipped by count and never copied. A gap
 * ends what can be followed of its direction, for frames bear no mark. The flow's thread alone; nothing is allocated for a frame.
 */
final class WebSocketAnalyzer implements Analyzer {
    private static final int FIN = 0x80;
    private static final int MASK = 0x80;
    private static final int CONTROL = 8;
    private static final int LONGEST_CONTROL = 125;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;

    private static final int UNMASKED = 1;
    private static final int ZERO_MASK = 1 << 1;
    private static final String[] FAULTS = {
        "unmasked",
        "zero-mask",
        "server-masked",
        "reserved-opcode",
        "long-control-frame",
        "fragmented-control-frame",
        "length-not-minimal",
        "length-too-large",
        "continuation-of-nothing",
        "message-within-message"
    };
    private static final String[] OPCODES = {"continuation", "text", "binary", "close", "ping", "pong", "reserved"};

    private final Output output;
    private final Side client = new Side();
    private final Side server = new Side();
    private int faults;
    private int opcodes;
    private int ended;

    private static final class Side {
        long frames;
        long bytes;
        boolean withinMessage;
        boolean lost;
    }

    WebSocketAnalyzer(Output output) {
        this.output = output;
    }

    private Side side(Direction direction) {
        return direction == Direction.TO_SERVER ? client : server;
    }

    @Override
    public long onData(Direction direction, byte[] buffer, int offset, int length) {
        Side side = side(direction);
        int end = offset + length;
        int at = offset;
        while (at < end && !side.lost) {
            int header = headerLength(buffer, at, end);
            if (end - at < header) {
                return at - offset;
            }
            long payload = frame(side, buffer, at, header);
            at += header;
            if (payload > end - at) {
                return at - offset + payload;
            }
            at += (int) payload;
        }
        return side.lost ? SKIP_ALL : length;
    }

    /** How many bytes the header at this place has, or has at least. */
    private static int headerLength(byte[] buffer, int at, int end) {
        if (end - at < 2) {
            return 2;
        }
        int length = buffer[at + 1] & 0x7f;
        int extended = length == LENGTH_16 ? 2 : length == LENGTH_64 ? 8 : 0;
        return 2 + extended + ((buffer[at + 1] & MASK) != 0 ? 4 : 0);
    }

    /** Takes one header; returns the length of the payload behind it. */
    private long frame(Side side, byte[] buffer, int at, int header) {
        int opcode = buffer[at] & 0x0f;
        boolean fin = (buffer[at] & FIN) != 0;
        int before = faults;
        long payload = length(buffer, at);
        if (payload < 0) {
            fault("length-too-large");
            side.lost = true;
            payload = 0;
        }
        opcodes |= 1 << (opcode <= 2 ? opcode : opcode >= CONTROL && opcode <= CONTROL + 2 ? opcode - CONTROL + 3 : 6);
        boolean control = opcode >= CONTROL;
        if (opcode > CONTROL + 2 || opcode > 2 && !control) {
            fault("reserved-opcode");
        }
        if (control) {
            faultIf("long-control-frame", payload > LONGEST_CONTROL);
            faultIf("fragmented-control-frame", !fin);
        } else {
            faultIf("continuation-of-nothing", opcode == 0 && !side.withinMessage);
            faultIf("message-within-message", opcode != 0 && side.withinMessage);
            side.withinMessage = !fin;
        }
        mask(side, buffer, at, header, payload);
        side.frames++;
        side.bytes += payload;
        if ((faults & ~before & (UNMASKED | ZERO_MASK)) != 0) {
            tell(false);
        }
        return payload;
    }

    private void mask(Side side, byte[] buffer, int at, int header, long payload) {
        boolean masked = (buffer[at + 1] & MASK) != 0;
        if (side == server) {
            faultIf("server-masked", masked);
            return;
        }
        faultIf("unmasked", !masked);
        // Of nothing, a mask hides nothing.
        faultIf("zero-mask", masked && payload > 0 && Bytes.i32(buffer, at + header - 4) == 0);
    }

    /** The payload's length, or -1 where the most significant bit is set, which it must not be. */
    private long length(byte[] buffer, int at) {
        int length = buffer[at + 1] & 0x7f;
        if (length == LENGTH_16) {
            int extended = Bytes.u16(buffer, at + 2);
            faultIf("length-not-minimal", extended < LENGTH_16);
            return extended;
        }
        if (length < LENGTH_16) {
            return length;
        }
        long extended = Bytes.i64(buffer, at + 2);
        faultIf("length-not-minimal", extended >= 0 && extended <= 0xffff);
        return extended;
    }

    private void faultIf(String name, boolean holds) {
        if (holds) {
            fault(name);
        }
    }

    private void fault(String name) {
        for (int i = 0; i < FAULTS.length; i++) {
            if (FAULTS[i].equals(name)) {
                faults |= 1 << i;
            }
        }
    }

    @Override
    public void onGap(Direction direction, long missing) {
        side(direction).lost = true;
    }

    @Override
    public void onEnd(Direction direction) {
        if (++ended == 2) {
            tell(true);
        }
    }

    private void tell(boolean finished) {
        Event event = output.event(WebSocketEvents.WEBSOCKET)
                .set(WebSocketEvents.FRAMES_TO_SERVER, client.frames)
                .set(WebSocketEvents.FRAMES_TO_CLIENT, server.frames)
                .set(WebSocketEvents.BYTES_TO_SERVER, client.bytes)
                .set(WebSocketEvents.BYTES_TO_CLIENT, server.bytes)
                .set(WebSocketEvents.OPCODES, names(OPCODES, opcodes))
                .set(WebSocketEvents.UNMASKED, (faults & UNMASKED) != 0 ? true : null)
                .set(WebSocketEvents.ZERO_MASK, (faults & ZERO_MASK) != 0 ? true : null)
                .set(WebSocketEvents.FAULTS, names(FAULTS, faults))
                .set(WebSocketEvents.FINISHED, finished);
        output.tell(event);
    }

    private static List<String> names(String[] all, int bits) {
        List<String> names = new ArrayList<>(Integer.bitCount(bits));
        for (int i = 0; i < all.length; i++) {
            if ((bits >> i & 1) != 0) {
                names.add(all[i]);
            }
        }
        return names.isEmpty() ? null : names;
    }
}
