package org.sandbar.protocol.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sandbar.protocol.Dialogue;
import org.sandbar.protocol.Dialogue.Told;

/** What a WebSocket's opening handshake says of its two ends. */
class WebSocketHandshakeTest {
    /** RFC 6455 section 1.3. */
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private static Told open(String requestHeaders, String responseHeaders) {
        return new Dialogue()
                .between("192.168.1.5", 40_000, "198.51.100.80", 80)
                .client("GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n" + requestHeaders + "\r\n")
                .server("HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\n" + responseHeaders + "\r\n")
                .play(new HttpProtocol());
    }

    @Test
    void theAnswerToTheKey() {
        assertTrue(WebSocketKey.isAnswered(KEY, ACCEPT));
        assertFalse(WebSocketKey.isAnswered(KEY, ACCEPT.toLowerCase()));
        assertFalse(WebSocketKey.isAnswered(KEY, null));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==,Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=,-",
                "Sec-WebSocket-Key:dGhlIHNhbXBsZSBub25jZQ== ,sec-websocket-accept:  s3pPLMBiTxaQ9kYGzzhZRbK+xOo= ,-",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==,Sec-WebSocket-Accept: dGhlIHNhbXBsZSBub25jZQ==,true",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==,X: y,true",
                "X: y,Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=,-",
            })
    void itIsCheckedWhereThereIsAKey(String request, String response, String wrong) {
        Told told = open(request + "\r\n", response + "\r\n");
        assertEquals("websocket", told.heir);
        assertEquals(wrong, string(told.events.get(0).get(HttpEvents.WEBSOCKET_ACCEPT_WRONG)));
    }

    private static String string(Object value) {
        return value == null ? null : value.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "Mozilla/5.0 (X11)|http://a|websocket-of-page",
                "-|http://a|websocket-with-origin",
                "okhttp/4.12.0|http://a|websocket-with-origin",
                "-|-|websocket",
                "Mozilla/5.0 (X11)|-|websocket",
                "okhttp/4.12.0|-|websocket",
            })
    void whoOpenedIt(String agent, String origin, String signal) {
        String headers = (agent == null ? "" : "User-Agent: " + agent + "\r\n")
                + (origin == null ? "" : "Origin: " + origin + "\r\n");
        List<String> evidence = open(headers, "").evidence;
        assertEquals(signal, evidence.get(evidence.size() - 1));
    }

    @Test
    void ofAnUnknownRequestNothingIsSaid() {
        Told told = new Dialogue()
                .server("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n")
                .play(new HttpProtocol());
        assertEquals("websocket", told.heir);
        assertEquals(List.of(), told.evidence);
    }
}
