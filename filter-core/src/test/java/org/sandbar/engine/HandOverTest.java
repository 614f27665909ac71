package org.sandbar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sandbar.event.Common;
import org.sandbar.wire.Packet;

/** What comes behind HTTP on the same connection is read by whom it belongs to, however its bytes come. */
class HandOverTest {
    private static final String UPGRADE = "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: http://a\r\n\r\n";
    private static final String SWITCHING =
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
    private static final String CONNECT = "CONNECT b:80 HTTP/1.1\r\nHost: b:80\r\n\r\n";
    private static final String CONNECTED = "HTTP/1.1 200 Connection established\r\n\r\n";
    private static final String GET = "GET /inside HTTP/1.1\r\nHost: b\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    private final List<Segment> segments = new ArrayList<>();
    private int client = 1_000;
    private int server = 9_000;

    private void open() {
        segments.add(Segment.of(true, 80, client++, 0, Packet.SYN, ""));
        segments.add(Segment.of(false, 80, server++, client, Packet.SYN | Packet.ACK, ""));
    }

    private HandOverTest client(String words) {
        segments.add(Segment.of(true, 80, client, server, Packet.ACK, words));
        client += words.length();
        return this;
    }

    private HandOverTest server(String words) {
        segments.add(Segment.of(false, 80, server, client, Packet.ACK, words));
        server += words.length();
        return this;
    }

    private void close() {
        segments.add(Segment.of(true, 80, client, server, Packet.FIN | Packet.ACK, ""));
        segments.add(Segment.of(false, 80, server, client + 1, Packet.FIN | Packet.ACK, ""));
        segments.add(Segment.of(true, 80, client + 1, server + 1, Packet.ACK, ""));
    }

    /** Kind, and method with status or opcodes, of each event, then the protocol that the flow ended with. */
    private List<String> told() {
        close();
        Play play = Play.of(segments);
        assertEquals(Map.of(), play.faults());
        List<String> lines = new ArrayList<>();
        for (List<String> flow : play.told().values()) {
            for (String line : flow) {
                lines.add(line.replaceAll("^(\\w+) .*http_method=(\\w+).*http.status=(\\d+).*", "$1 $2 $3")
                        .replaceAll("^(\\w+) .*opcodes=(\\[[^]]*]).*", "$1 $2"));
            }
        }
        lines.add(play.ends().get(0).text(Common.APP_PROTO));
        return lines;
    }

    @Test
    void toAWebSocket() {
        List<String> expected = List.of("http GET 101", "websocket [text]", "websocket [text, close]", "websocket");
        open();
        assertEquals(
                expected,
                client(UPGRADE)
                        .server(SWITCHING)
                        .client("\u0081\u0001a")
                        .server("\u0088\u0000")
                        .told());
    }

    @Test
    void withTheFirstFrameBesideTheResponse() {
        open();
        assertEquals(
                List.of("http GET 101", "websocket [text, close]", "websocket"),
                client(UPGRADE)
                        .server(SWITCHING + "\u0081\u0001a")
                        .client("\u0088\u0080\u0001\u0002\u0003\u0004")
                        .told());
    }

    @Test
    void aRefusedUpgradeStaysHttp() {
        open();
        assertEquals(
                List.of("http GET 200", "http GET 200", "http"),
                client(UPGRADE + GET).server(OK).server(OK).told());
    }

    @Test
    void throughAProxyToHttp() {
        open();
        assertEquals(
                List.of("http CONNECT 200", "http GET 200", "http"),
                client(CONNECT).server(CONNECTED).client(GET).server(OK).told());
    }

    @Test
    void throughAProxyWithTheFirstWordsTooEarly() {
        open();
        assertEquals(
                List.of("http CONNECT 200", "http GET 200", "http"),
                client(CONNECT + GET).server(CONNECTED).server(OK).told());
    }

    @Test
    void throughAProxyToTls() {
        open();
        assertEquals(
                List.of("http CONNECT 200", "tls"),
                client(CONNECT)
                        .server(CONNECTED)
                        .client("\u0016\u0003\u0001\u0000\u0005\u0001\u0000\u0000\u0001\u0003")
                        .told());
    }

    @Test
    void throughProxiesInProxiesToAnEnd() {
        open();
        for (int i = 0; i < 20; i++) {
            client(CONNECT).server(CONNECTED);
        }
        List<String> told = told();
        // What nobody knows stays what it was.
        assertEquals("http", told.get(told.size() - 1));
        assertEquals(10, told.size());
    }

    @Test
    void toHttp2() {
        String preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
        open();
        assertEquals(
                List.of("http2"),
                client(preface).server("\u0000\u0000\u0000\u0004").told());
    }

    @Test
    void toHttp2ByAnUpgrade() {
        open();
        assertEquals(
                List.of("http GET 101", "http2"),
                client("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n")
                        .server("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n\u0000\u0000")
                        .client("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
                        .told());
    }

    @Test
    void theAnswerToTheKeyIsChecked() {
        open();
        client(UPGRADE).server(SWITCHING);
        assertEquals(false, Play.of(segments).told().toString().contains("websocket_accept_wrong"));
        segments.clear();
        open();
        client(UPGRADE).server(SWITCHING.replace("s3pP", "xxxx"));
        assertEquals(true, Play.of(segments).told().toString().contains("websocket_accept_wrong"));
    }
}
