package org.sandbar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.capture.LinkType;
import org.sandbar.event.Common;
import org.sandbar.event.Event;
import org.sandbar.event.FlowEvents;
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

    /** RFC 6455 section 5.7: "Hello" as the client and as the server sends it. */
    private static final String MASKED = "\u0081\u0085\u0037\u00fa\u0021\u003d\u007f\u009f\u004d\u0051\u0058";

    private static final String HELLO = "\u0081\u0005Hello";

    private static final int DISORDERS = 20_000;

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

    /** The client says that it has said all, and still listens. */
    private HandOverTest clientEnds() {
        segments.add(Segment.of(true, 80, client++, server, Packet.FIN | Packet.ACK, ""));
        return this;
    }

    private void close() {
        clientEnds();
        segments.add(Segment.of(false, 80, server, client, Packet.FIN | Packet.ACK, ""));
        segments.add(Segment.of(true, 80, client, server + 1, Packet.ACK, ""));
    }

    /** Kind, and method with status or opcodes, of each event, then the protocol that the flow ended with. */
    private List<String> told() {
        close();
        return toldAsItStands();
    }

    private List<String> toldAsItStands() {
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

    /** A page's request with a method of its own choice, and a server that makes it look like a password. */
    @Test
    void fromWhatLooksLikeFtpToHttp() {
        open();
        server("220 ready\r\n331 password\r\n");
        client("PASS /aaaa HTTP/1.1\r\nHost: evil.example\r\n")
                .server("230 in\r\n")
                .client("Accept: */*\r\n\r\n");
        List<String> told = told();
        assertEquals("http", told.get(told.size() - 1), told.toString());
        assertTrue(told.stream().noneMatch(line -> line.startsWith("ftp PASS")), told.toString());
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
                List.of("http CONNECT 200", "tls tls tls.client_hello=cut tls.server_hello=cut", "tls"),
                client(CONNECT)
                        .server(CONNECTED)
                        .client("\u0016\u0003\u0001\u0000\u0005\u0001\u0000\u0000\u0010\u0003")
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
    void toHttp2WhoseServerSpeaksFirst() {
        open();
        assertEquals(
                List.of("http2"),
                server("\0\0\6\4\0\0\0\0\0\0\3\0\0\0d")
                        .client("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
                        .told());
    }

    @Test
    void toAWebSocketThroughAProxy() {
        open();
        assertEquals(
                List.of("http CONNECT 200", "http GET 101", "websocket [text]", "websocket"),
                client(CONNECT)
                        .server(CONNECTED)
                        .client(UPGRADE)
                        .server(SWITCHING)
                        .client(MASKED)
                        .told());
    }

    @Test
    void throughAProxyWhateverLengthIsAnnounced() {
        open();
        assertEquals(
                List.of("http CONNECT 200", "http GET 200", "http"),
                client(CONNECT.replace("\r\n\r\n", "\r\nContent-Length: 1000\r\n\r\n"))
                        .server(CONNECTED)
                        .client(GET)
                        .server(OK)
                        .told());
    }

    /** The server's own address is not the proxy's, so nobody knows whether the one that it names is a third. */
    @Test
    void throughAProxyToFtp() {
        open();
        client(CONNECT).server(CONNECTED + "220 FTP ready\r\n");
        client("USER a\r\n").server("331 and?\r\n").client("PASS b\r\n").server("230 in\r\n");
        client("PASV\r\n").server("227 Entering Passive Mode (203,0,113,9,200,10)\r\n");
        close();
        Play play = Play.of(segments);
        assertEquals("ftp", play.ends().get(0).text(Common.APP_PROTO));
        String told = play.told().toString();
        assertTrue(told.contains("ftp.endpoint.ip=203.0.113.9"), told);
        assertFalse(told.contains("ftp.third_party"), told);
    }

    /** What was held for the sake of a response is read, whatever becomes of that response. */
    @Test
    void noRequestHidesBehindAnUpgrade() {
        open();
        assertEquals(
                List.of("http GET 200", "http GET 200", "http"),
                client(UPGRADE + GET).clientEnds().server(OK + OK).told());
        segments.clear();
        open();
        client(UPGRADE + UPGRADE + GET).client(GET).close();
        assertEquals(4, requests());
        segments.clear();
        open();
        client(UPGRADE).server(OK).client(GET).server(OK).client(GET).server(OK).close();
        segments.remove(3);
        assertEquals(3, requests());
        segments.clear();
        open();
        client("GET / HTTP/1.1\r\nHost: a\r\n\r\n" + UPGRADE + GET).server("HTTP/1.1 200 OK\r\n\r\n");
        assertEquals(3, requests());
    }

    private long requests() {
        Play play = Play.of(segments);
        assertEquals(Map.of(), play.faults());
        return play.told().values().stream()
                .flatMap(List::stream)
                .filter(line -> line.contains("http_method"))
                .count();
    }

    @Test
    void whatIsHeldIsBounded() {
        open();
        client(CONNECT);
        for (int i = 0; i < 100; i++) {
            client("x".repeat(1_000));
        }
        server(CONNECTED + "220 FTP ready\r\n").client(GET);
        segments.add(Segment.of(true, 81, 100, 1, Packet.SYN, ""));
        segments.add(Segment.of(true, 81, 101, 1, Packet.ACK, GET));
        for (Bound bound : List.of(Bound.UNFINISHED_BYTES, Bound.STREAM_MEMORY)) {
            Play play = Play.of(segments, Limits.USUAL.with(bound, bound.least()));
            assertEquals(Map.of(), play.faults());
            assertTrue(play.isGapped());
            assertEquals(2, play.told().size());
        }
    }

    @Test
    void aSideThatHasEndedBeforeTheSwitchHasEndedBehindIt() {
        open();
        client(UPGRADE).clientEnds().server(SWITCHING + "\u0081\1a").server("\u0088\0");
        segments.add(Segment.of(false, 80, server, client, Packet.FIN | Packet.ACK, ""));
        segments.add(Segment.of(true, 80, client, server + 1, Packet.ACK, ""));
        assertEquals(List.of("http GET 101", "websocket [text, close]", "websocket"), toldAsItStands());
    }

    /** A request that comes late is not taken for frames: of its side nothing is read. */
    @Test
    void whereTheRequestIsNotThereTheClientsBytesAreNotRead() {
        open();
        client(UPGRADE).server(SWITCHING).client(MASKED).server("\u0081\1a").close();
        Segment request = segments.remove(2);
        List<String> expected = List.of("http 101", "websocket 0 1 null", "websocket");
        assertEquals(expected, sides());
        segments.add(3, request);
        assertEquals(expected, sides());
        assertTrue(Play.of(segments).isGapped());
    }

    /** Status of HTTP, and frames of client and server with the faults of WebSocket. */
    private List<String> sides() {
        Play play = Play.of(segments);
        List<String> lines = new ArrayList<>();
        for (String line : play.told().values().iterator().next()) {
            String frames =
                    line.replaceAll("^websocket .*frames_toserver=(\\d+).*frames_toclient=(\\d+).*", "websocket $1 $2");
            String faults = line.contains("faults=") ? line.replaceAll(".*faults=(\\[[^]]*]).*", "$1") : "null";
            lines.add(
                    line.startsWith("websocket")
                            ? frames + ' ' + faults
                            : line.replaceAll("^http .*http.status=(\\d+).*", "http $1"));
        }
        lines.add(play.ends().get(0).text(Common.APP_PROTO));
        return lines;
    }

    @Test
    void eachProtocolIsToldAsRecognised() {
        open();
        client(CONNECT).server(CONNECTED).client(UPGRADE).server(SWITCHING).close();
        Shard shard = new Shard(0, 1, ShardSettings.USUAL);
        long ordinal = 1;
        for (Segment segment : segments) {
            byte[] packet = segment.packet();
            shard.accept(packet, 0, packet.length, packet.length, LinkType.RAW, segment.timeNs(), ordinal++);
        }
        List<Object> recognised = new ArrayList<>();
        for (Event event : shard.takeEvents()) {
            if (event.kind() == FlowEvents.FLOW && event.text(FlowEvents.PHASE).equals(FlowEvents.RECOGNISED)) {
                recognised.add(event.get(Common.APP_PROTO));
            }
        }
        assertEquals(List.of("http", "http", "websocket"), recognised);
    }

    /** Whatever the capture loses, cuts, doubles or puts in another order, lawful frames are never taken for unlawful ones. */
    @Test
    void noDisorderMakesAFault() {
        open();
        client(UPGRADE).server(SWITCHING + HELLO);
        for (int i = 0; i < 6; i++) {
            client(MASKED.repeat(1 + i)).server(HELLO.repeat(1 + i));
        }
        close();
        Random random = new Random(6455);
        int whole = 0;
        for (int i = 0; i < DISORDERS; i++) {
            Play play = Play.of(disordered(random));
            assertEquals(Map.of(), play.faults());
            whole += play.told().toString().contains("frames_toserver=21 websocket.frames_toclient=22") ? 1 : 0;
            play.told().values().stream().flatMap(List::stream).forEach(line -> {
                assertFalse(line.contains("websocket.faults"), line);
            });
        }
        assertTrue(whole > DISORDERS / 2 && whole < DISORDERS, whole + " read whole");
    }

    private List<Segment> disordered(Random random) {
        List<Segment> disordered = new ArrayList<>();
        for (Segment segment : segments) {
            int at = segment.payload().length < 2 ? 0 : random.nextInt(segment.payload().length);
            List<Segment> parts = at == 0
                    ? List.of(segment)
                    : List.of(segment.part(0, at), segment.part(at, segment.payload().length));
            disordered.addAll(parts);
        }
        for (int n = random.nextInt(4); n > 0; n--) {
            int at = random.nextInt(disordered.size());
            Segment chosen = disordered.get(at);
            switch (random.nextInt(3)) {
                case 0 -> disordered.remove(at);
                case 1 -> disordered.add(random.nextInt(disordered.size()), chosen);
                default -> {
                    disordered.remove(at);
                    disordered.add(Math.min(disordered.size(), at + random.nextInt(6)), chosen);
                }
            }
        }
        return disordered;
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
