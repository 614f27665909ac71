package org.sandbar.protocol.websocket;

import java.util.ArrayList;
import java.util.List;
import org.sandbar.event.Event;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Output;

/**
 * Follows the frames of both directions by their headers (RFC 6455 section 5.2); payloads are skipped by count and never copied. A gap
 * ends what can be followed of its direction, for frames bear no mark, and so does a length that no receiver takes. The flow's thread
 * alone; nothing is allocated for a frame that has no fault of a new kind.
 */
final class WebSocketAnalyzer implements Analyzer {
    /** No connection carries as much: beyond it, lengths are as good as endless, and sums of them still are numbers. */
    private static final long ENDLESS = 1L << 62;

    private static final int LOWEST_CODE = 1_000;
    private static final int HIGHEST_CODE = 4_999;

    private static final String[] OPCODES = new String[Frame.HIGHEST_OPCODE + 1];

    static {
        for (int opcode = 0; opcode < OPCODES.length; opcode++) {
            OPCODES[opcode] = switch (opcode) {
                case Frame.CONTINUATION -> "continuation";
                case 1 -> "text";
                case 2 -> "binary";
                case Frame.CLOSE -> "close";
                case 9 -> "ping";
                case 10 -> "pong";
                default -> "unknown-" + opcode;
            };
        }
    }

    private static final int KNOWN_OPCODES = 0b0000_0111_0000_0111;

    private static final class Side {
        final String name;
        long frames;
        long messages;
        long bytes;
        /** Where in the stream the payload of the last frame ends. */
        long payloadEnd;

        boolean withinMessage;
        boolean closed;
        boolean lost;

        Side(String name) {
            this.name = name;
        }
    }

    private final Output output;
    private final Frame frame = new Frame();
    private final Side client = new Side("client");
    private final Side server = new Side("server");
    private int faults;
    private int opcodes;
    private String closedBy;
    private long closeCode;
    private int ended;

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
        while (!side.lost && frame.read(buffer, at, end)) {
            at += frame.headerLength();
            long payload = Math.min(ENDLESS, frame.payload());
            side.payloadEnd = output.position(direction) - (end - at) + Math.max(0, payload);
            onFrame(side, payload);
            if (payload >= end - at) {
                return at - offset + payload;
            }
            at += (int) Math.max(0, payload);
        }
        return side.lost ? SKIP_ALL : at - offset;
    }

    /** Takes the frame at hand; its payload's length is negative where it cannot be. */
    private void onFrame(Side side, long payload) {
        int before = faults;
        int opcode = frame.opcode();
        opcodes |= 1 << opcode;
        fault(Fault.RESERVED_OPCODE, (KNOWN_OPCODES >> opcode & 1) == 0);
        fault(Fault.RESERVED_BITS, frame.hasReservedBits());
        fault(Fault.LENGTH_NOT_MINIMAL, !frame.isLengthMinimal());
        fault(Fault.LENGTH_TOO_LARGE, payload < 0);
        side.lost = payload < 0;
        judgeMask(side, payload);
        if (frame.isControl()) {
            onControl(side, payload);
        } else {
            onFragment(side);
        }
        side.frames++;
        side.bytes += Math.max(0, payload);
        if ((faults & ~before) != 0) {
            tellFault();
        }
    }

    private void judgeMask(Side side, long payload) {
        if (side == server) {
            fault(Fault.SERVER_MASKED, frame.isMasked());
            return;
        }
        fault(Fault.UNMASKED, !frame.isMasked());
        // Of nothing, a mask hides nothing.
        fault(Fault.ZERO_MASK, frame.isMasked() && payload != 0 && frame.key() == 0);
    }

    /** Section 5.4. */
    private void onFragment(Side side) {
        boolean continues = frame.opcode() == Frame.CONTINUATION;
        fault(Fault.CONTINUATION_OF_NOTHING, continues && !side.withinMessage);
        fault(Fault.MESSAGE_WITHIN_MESSAGE, !continues && side.withinMessage);
        fault(Fault.DATA_AFTER_CLOSE, side.closed);
        side.withinMessage = !frame.isFinal();
        side.messages += frame.isFinal() ? 1 : 0;
    }

    /** Section 5.5. */
    private void onControl(Side side, long payload) {
        fault(Fault.LONG_CONTROL_FRAME, payload < 0 || payload > Frame.LONGEST_CONTROL);
        fault(Fault.FRAGMENTED_CONTROL_FRAME, !frame.isFinal());
        if (frame.opcode() != Frame.CLOSE) {
            return;
        }
        side.closed = true;
        int code = frame.hasCloseCode() ? frame.closeCode() : 0;
        fault(Fault.CLOSE_CODE_INVALID, frame.hasCloseCode() ? !mayBeSent(code) : payload != 0);
        if (closedBy == null) {
            closedBy = side.name;
            closeCode = code;
        }
    }

    /** Section 7.4: 1005, 1006 and 1015 stand for what no frame said. */
    private static boolean mayBeSent(int code) {
        return code >= LOWEST_CODE && code <= HIGHEST_CODE && code != 1_005 && code != 1_006 && code != 1_015;
    }

    private void fault(Fault fault, boolean holds) {
        if (holds) {
            faults |= fault.bit();
        }
    }

    @Override
    public void onGap(Direction direction, long missing) {
        side(direction).lost = true;
    }

    @Override
    public void onEnd(Direction direction) {
        Side side = side(direction);
        side.bytes -= Math.max(0, side.payloadEnd - output.position(direction));
        if (++ended == 2) {
            output.tell(event().set(WebSocketEvents.FINISHED, true));
        }
    }

    private void tellFault() {
        output.tell(event().set(WebSocketEvents.FIN, frame.isFinal())
                .set(WebSocketEvents.MASK, frame.isMasked() ? frame.key() & 0xffff_ffffL : null)
                .set(WebSocketEvents.OPCODE, OPCODES[frame.opcode()])
                .set(WebSocketEvents.FINISHED, false));
    }

    private Event event() {
        return output.event(WebSocketEvents.WEBSOCKET)
                .set(WebSocketEvents.FRAMES_TO_SERVER, client.frames)
                .set(WebSocketEvents.FRAMES_TO_CLIENT, server.frames)
                .set(WebSocketEvents.MESSAGES_TO_SERVER, client.messages)
                .set(WebSocketEvents.MESSAGES_TO_CLIENT, server.messages)
                .set(WebSocketEvents.BYTES_TO_SERVER, client.bytes)
                .set(WebSocketEvents.BYTES_TO_CLIENT, server.bytes)
                .set(WebSocketEvents.OPCODES, opcodeNames())
                .set(WebSocketEvents.CLOSED_BY, closedBy)
                .set(WebSocketEvents.CLOSE_CODE, closeCode == 0 ? null : closeCode)
                .set(WebSocketEvents.UNMASKED, Fault.UNMASKED.isIn(faults) ? true : null)
                .set(WebSocketEvents.ZERO_MASK, Fault.ZERO_MASK.isIn(faults) ? true : null)
                .set(WebSocketEvents.FAULTS, Fault.texts(faults));
    }

    private List<String> opcodeNames() {
        List<String> names = new ArrayList<>(Integer.bitCount(opcodes));
        for (int left = opcodes; left != 0; left &= left - 1) {
            names.add(OPCODES[Integer.numberOfTrailingZeros(left)]);
        }
        return names.isEmpty() ? null : names;
    }
}
