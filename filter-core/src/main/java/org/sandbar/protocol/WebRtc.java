package org.sandbar.protocol;

import org.sandbar.bytes.Bytes;
import org.sandbar.event.Signal;

/**
 * What protocols that share a flow (RFC 7983) know of each other: how a STUN message looks, and the signal that DTLS states. Any thread.
 */
public final class WebRtc {
    /** Of STUN, behind type and length (RFC 8489 section 5). */
    public static final int MAGIC_COOKIE = 0x2112a442;

    public static final int STUN_HEADER = 20;

    public static final Signal DTLS = new Signal(
            "webrtc-dtls", "DTLS that offers WebRTC's own application protocol, or that follows ICE in the same flow");

    private WebRtc() {}

    /** Whether a STUN message with its cookie begins here. */
    public static boolean isStun(byte[] buffer, int from, int to) {
        return to - from >= STUN_HEADER && Bytes.u8(buffer, from) <= 3 && Bytes.i32(buffer, from + 4) == MAGIC_COOKIE;
    }
}
