package org.sandbar.protocol.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Probe;

class HttpProtocolTest {
    private final HttpProtocol http = new HttpProtocol();

    private Probe probe(Direction direction, String words) {
        byte[] bytes = (".." + words + "..").getBytes(StandardCharsets.ISO_8859_1);
        return http.probe(80, direction, bytes, 2, bytes.length - 4);
    }

    private static String unescape(String words) {
        return words.replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\0", "\0");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "GET /,MATCH",
                "GET  /,MATCH",
                "\\r\\nGET /,MATCH",
                "GET,NEED_MORE",
                "G,NEED_MORE",
                "GET h,NEED_MORE",
                "GET http://a/ HTTP/1.1\\r\\n,MATCH",
                "GET x\\r\\n,NO_MATCH",
                "CONNECT a:443 HTTP/1.1\\r\\n,MATCH",
                "PROPFIND /dav,MATCH",
                "OPTIONS *,NEED_MORE",
                "OPTIONS * HTTP/1.1\\r\\n,MATCH",
                "OPTIONS * RTSP/1.0\\r\\n,NO_MATCH",
                "OPTIONS sip:a@b SIP/2.0\\r\\n,NO_MATCH",
                "REGISTER sip:a SIP/2.0\\r\\n,NO_MATCH",
                "SUBSCRIBE /event HTTP/1.1\\r\\n,MATCH",
                "SOURCE /live ICE/1.0\\r\\n,NO_MATCH",
                "BREW /pot HTTP/1.1\\n,MATCH",
                "BREW /pot,NEED_MORE",
                "get / HTTP/1.1\\r\\n,MATCH",
                "PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n,NO_MATCH",
                "HTTP/1.1 200 OK,MATCH_REVERSED",
                "SIP/2.0 200 OK,NO_MATCH",
                "RTSP/1.0 200 OK,NO_MATCH",
                "USER anonymous\\r\\n,NO_MATCH",
                "220 ready\\r\\n,NO_MATCH",
                "SSH-2.0-x\\r\\n,NO_MATCH",
                "GETS\\0,NO_MATCH",
                "abcdefghijklmnopqrstuvwxyzabcdefghijklmnop,NO_MATCH",
            })
    void tellsRequests(String words, Probe expected) {
        assertEquals(expected, probe(Direction.TO_SERVER, unescape(words)));
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.,MATCH",
        "http/1.0 200 ok,MATCH",
        "HTT,NEED_MORE",
        "HTTP/2 200,NO_MATCH",
        "ICY 200 OK\\r\\n,NO_MATCH",
        "GET / HTTP/1.1,MATCH_REVERSED",
        "SIP/2.0 200 OK\\r\\n,NO_MATCH",
    })
    void tellsResponses(String words, Probe expected) {
        assertEquals(expected, probe(Direction.TO_CLIENT, unescape(words)));
    }

    @Test
    void neverChangesItsMindOverMoreBytes() {
        String line = "OPTIONS http://host.example/path HTTP/1.1\r\nHost: a\r\n\r\n";
        for (int length = 0; length < line.length(); length++) {
            assertNotEquals(Probe.NO_MATCH, probe(Direction.TO_SERVER, line.substring(0, length)));
        }
        assertEquals(Probe.MATCH, probe(Direction.TO_SERVER, line));
    }

    @Test
    void hasTheWholeTableOfRefusedPorts() {
        assertEquals(83, HelperPorts.count());
        assertEquals("sip", HelperPorts.helper(5060));
        assertEquals(true, HelperPorts.contains(2121));
        assertEquals(false, HelperPorts.contains(8080));
    }
}
