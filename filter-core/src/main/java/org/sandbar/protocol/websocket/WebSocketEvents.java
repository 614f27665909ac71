package org.sandbar.protocol.websocket;

import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.event.Field.Type;

/** What is told of a WebSocket channel: one event when it ends, and one before, at the first frame that breaks a rule. */
public final class WebSocketEvents {
    public static final EventKind WEBSOCKET = new EventKind("websocket");

    public static final Field FRAMES_TO_SERVER =
            WEBSOCKET.own("websocket.frames_toserver", Type.NUMBER, "frames of the client so far");
    public static final Field FRAMES_TO_CLIENT =
            WEBSOCKET.own("websocket.frames_toclient", Type.NUMBER, "frames of the server so far");
    public static final Field BYTES_TO_SERVER =
            WEBSOCKET.own("websocket.bytes_toserver", Type.NUMBER, "payload bytes of the client's frames so far");
    public static final Field BYTES_TO_CLIENT =
            WEBSOCKET.own("websocket.bytes_toclient", Type.NUMBER, "payload bytes of the server's frames so far");
    public static final Field OPCODES = WEBSOCKET.own(
            "websocket.opcodes",
            Type.TEXTS,
            "kinds of frames seen: continuation, text, binary, close, ping, pong, reserved");
    public static final Field UNMASKED = WEBSOCKET.own(
            "websocket.unmasked", Type.FLAG, "a frame of the client was not masked (RFC 6455 section 5.1)");
    public static final Field ZERO_MASK = WEBSOCKET.own(
            "websocket.zero_mask",
            Type.FLAG,
            "a frame of the client had a key of zeros, so that its bytes are as written");
    public static final Field FAULTS = WEBSOCKET.own(
            "websocket.faults",
            Type.TEXTS,
            "what breaks RFC 6455: unmasked, zero-mask, server-masked, reserved-opcode, long-control-frame,"
                    + " fragmented-control-frame, length-not-minimal, length-too-large, continuation-of-nothing,"
                    + " message-within-message");
    public static final Field FINISHED = WEBSOCKET.own(
            "websocket.finished", Type.FLAG, "the channel has ended; otherwise the event is about a fault");

    private WebSocketEvents() {}
}
