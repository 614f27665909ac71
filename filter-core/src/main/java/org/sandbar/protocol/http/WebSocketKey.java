package org.sandbar.protocol.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The proof that a server has understood a WebSocket handshake (RFC 6455 section 4.2.2). Stateless, any thread. */
final class WebSocketKey {
    private static final String SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private WebSocketKey() {}

    /** Whether this Sec-WebSocket-Accept answers that Sec-WebSocket-Key; null, which is no answer, never does. */
    static boolean isAnswered(String key, String accept) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + SALT).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest).equals(accept);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-1", missing);
        }
    }
}
