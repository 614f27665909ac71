package org.sandbar.protocol.websocket;

import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.event.Field.Type;
import org.sandbar.event.Field.Unit;

/**
 * What is told of a WebSocket channel: one event when it ends, and one at the first frame of each kind of fault, with that frame where
 * EVE has it. Counts and faults are those so far. Immutable, any thread.
 */
public final class WebSocketEvents {
    public static final EventKind WEBSOCKET = new EventKind("websocket");

    public static final Field FIN =
            WEBSOCKET.eve("websocket.fin", Type.FLAG, "the frame at fault is the last of its message");
    public static final Field MASK = WEBSOCKET.eve(
            "websocket.mask", Type.NUMBER, Unit.CODE, "its masking key, where it has one, as a number of 32 bits");
    public static final Field OPCODE =
            WEBSOCKET.eve("websocket.opcode", Type.TEXT, "its kind, in the words of websocket.opcodes");

    public static final Field FRAMES_TO_SERVER =
            WEBSOCKET.own("websocket.frames_toserver", Type.NUMBER, Unit.COUNT, "frames of the client");
    public static final Field FRAMES_TO_CLIENT =
            WEBSOCKET.own("websocket.frames_toclient", Type.NUMBER, Unit.COUNT, "frames of the server");
    public static final Field MESSAGES_TO_SERVER = WEBSOCKET.own(
            "websocket.messages_toserver", Type.NUMBER, Unit.COUNT, "messages of the client, fragments put together");
    public static final Field MESSAGES_TO_CLIENT =
            WEBSOCKET.own("websocket.messages_toclient", Type.NUMBER, Unit.COUNT, "messages of the server");
    public static final Field BYTES_TO_SERVER = WEBSOCKET.own(
            "websocket.bytes_toserver",
            Type.NUMBER,
            Unit.BYTES,
            "payload bytes of the client's frames: as announced by the one at fault, at the end as many as there were");
    public static final Field BYTES_TO_CLIENT =
            WEBSOCKET.own("websocket.bytes_toclient", Type.NUMBER, Unit.BYTES, "payload bytes of the server's frames");
    public static final Field OPCODES = WEBSOCKET.own(
            "websocket.opcodes",
            Type.TEXTS,
            "kinds of frames seen: continuation, text, binary, close, ping, pong, or unknown- and the number");
    public static final Field CLOSED_BY =
            WEBSOCKET.own("websocket.closed_by", Type.TEXT, "who sent a Close frame first: client or server");
    public static final Field CLOSE_CODE =
            WEBSOCKET.own("websocket.close_code", Type.NUMBER, Unit.CODE, "the code in that frame, where it has one");
    public static final Field UNMASKED = WEBSOCKET.own(
            "websocket.unmasked", Type.FLAG, "a frame of the client was not masked (RFC 6455 section 5.1)");
    public static final Field ZERO_MASK = WEBSOCKET.own(
            "websocket.zero_mask",
            Type.FLAG,
            "a frame of the client had a key of zeros, so that its bytes are as written");
    public static final Field FAULTS = WEBSOCKET.own(
            "websocket.faults",
            Type.TEXTS,
            "what breaks RFC 6455: unmasked, zero-mask, server-masked, reserved-bits, reserved-opcode,"
                    + " long-control-frame, fragmented-control-frame, length-not-minimal, length-too-large,"
                    + " continuation-of-nothing, message-within-message, close-code-invalid, data-after-close");
    public static final Field FINISHED = WEBSOCKET.own(
            "websocket.finished", Type.FLAG, "the channel has ended; otherwise the event is about a fault");

    private WebSocketEvents() {}
}
