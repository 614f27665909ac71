package org.sandbar.protocol.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Dialogue;
import org.sandbar.protocol.Dialogue.Told;
import org.sandbar.protocol.Probe;

class TlsAnalyzerTest {
    private static final int MUTATIONS = 20_000;
    private static final String CLIENT = " tls.sni=www.example.test";
    private static final String CLIENT_REST = " tls.client_handshake.version=TLS 1.2";
    private static final String SERVER = " tls.version=TLS 1.3";

    private static Hello hello() {
        return new Hello()
                .serverName("www.example.test")
                .versions("0304,0303")
                .alpn("h2", "http/1.1")
                .signatures("0403");
    }

    private static String serverHello() {
        return Hello.server(0x0303, "1301", Hello.u16(Extension.SUPPORTED_VERSIONS) + Hello.vector16("\u0003\u0004"));
    }

    private static Told play(Dialogue dialogue) {
        return dialogue.play(new TlsProtocol());
    }

    private static List<String> lines(Dialogue dialogue) {
        return play(dialogue).lines();
    }

    private static String line(Dialogue dialogue) {
        List<String> lines = lines(dialogue);
        assertEquals(1, lines.size(), lines.toString());
        return lines.get(0);
    }

    private static Dialogue usual() {
        return new Dialogue().client(hello().client()).server(serverHello() + "\u0017\u0003\u0003\u0000\u0001x");
    }

    @Test
    void both() {
        assertEquals(
                "tls tls.sni=www.example.test tls.version=TLS 1.3 tls.client_handshake.version=TLS 1.2"
                        + " tls.server_handshake.version=TLS 1.2 tls.server_handshake.cipher=4865"
                        + " tls.ja4=t13d0204h2_62ed6f6ca7ad_3953dc75acc4 tls.client_alpns=[h2, http/1.1]"
                        + " tls.client_hello=whole tls.server_hello=whole tls.client_versions=[TLS 1.3, TLS 1.2]",
                line(usual()));
    }

    @Test
    void whatTheServerChoseBeforeTls13() {
        String alpn = Hello.u16(Extension.ALPN) + Hello.vector16(Hello.vector16(Hello.vector8("h2")));
        String line = line(new Dialogue().client(hello().client()).server(Hello.server(0x0302, "c02f", alpn)));
        assertTrue(line.contains(" tls.version=TLS 1.1 "), line);
        assertTrue(line.contains(" tls.server_handshake.cipher=49199 "), line);
        assertTrue(line.contains(" tls.server_alpns=[h2] "), line);
        line = line(new Dialogue().client(hello().client()).server(Hello.server(0x0300, "002f", "")));
        assertTrue(line.contains(" tls.version=SSLv3 "), line);
    }

    @Test
    void cutAtEveryByte() {
        String whole = line(usual());
        for (int size = 1; size < 40; size++) {
            assertEquals(whole, line(usual().inPiecesOf(size)), "pieces of " + size);
        }
        for (int segment = 0; segment < 2; segment++) {
            int length = usual().segments().get(segment).bytes().length;
            for (int at = 1; at < length; at++) {
                assertEquals(whole, line(usual().cut(segment, at)), "segment " + segment + " cut at " + at);
            }
        }
    }

    @Test
    void cutIntoRecordsOfEverySize() {
        String whole = line(usual());
        for (int size = 1; size < 200; size++) {
            Dialogue cut = new Dialogue()
                    .client(Hello.inRecordsOf(size, hello().client()))
                    .server(Hello.inRecordsOf(size, serverHello()));
            assertEquals(whole, line(cut), "records of " + size);
            assertEquals(whole, line(cut.inPiecesOf(3)), "records of " + size + " in pieces");
        }
    }

    @Test
    void whatIsLostIsSaid() {
        assertEquals(
                "tls" + SERVER + " tls.server_handshake.version=TLS 1.2 tls.server_handshake.cipher=4865"
                        + " tls.client_hello=cut tls.server_hello=whole",
                line(usual().losing(0)));
        assertTrue(line(usual().losing(1)).endsWith("tls.server_hello=cut tls.client_versions=[TLS 1.3, TLS 1.2]"));
        Dialogue half = usual().cut(0, 50);
        assertTrue(line(half.losing(1)).contains("tls.client_hello=cut"));
        assertTrue(line(half.losing(0)).contains("tls.client_hello=cut"));
        assertTrue(line(new Dialogue().client(hello().client())).contains(CLIENT + CLIENT_REST));
    }

    @Test
    void somethingElseComes() {
        String line =
                line(new Dialogue().client(hello().client()).server("\u0015\u0003\u0001\u0000\u0002\u0002\u0028"));
        assertTrue(line.contains("tls.server_hello=none"), line);
        line = line(new Dialogue().server(serverHello()).client("\u0017\u0003\u0003\u0000\u0001x"));
        assertTrue(line.contains("tls.client_hello=none tls.server_hello=whole"), line);
    }

    @Test
    void aLongOneIsNotReadNorKept() {
        Limits limits = Limits.USUAL.with(Bound.TLS_HELLO_BYTES, 600);
        String padded = hello().extension(21, "\0".repeat(1_000)).client();
        for (Dialogue dialogue : List.of(
                new Dialogue().client(padded),
                new Dialogue().client(Hello.inRecordsOf(1, padded)).inPiecesOf(1))) {
            Told told = play(dialogue.server(serverHello()).limits(limits));
            assertTrue(
                    told.lines().get(0).contains("tls.client_hello=too-long"),
                    told.lines().toString());
            assertTrue(told.mostUnfinished <= 601, told.mostUnfinished + " bytes kept");
        }
    }

    @Test
    void hostileLengthsAreFacts() {
        assertEquals("[length-exceeded]", faults(new Hello().extension(Extension.SERVER_NAME, "\u00ff\u00ff\0\0\1a")));
        assertEquals("[length-exceeded]", faults(new Hello().extension(Extension.ALPN, Hello.vector16("\u0009h2"))));
        assertEquals(
                "[length-odd]", faults(new Hello().extension(Extension.SIGNATURE_ALGORITHMS, Hello.vector16("abc"))));
        assertEquals("[trailing-bytes]", faults(new Hello().extension(Extension.SUPPORTED_VERSIONS, "\2\3\4more")));
        assertEquals("[repeated-extension]", faults(hello().extension(Extension.SERVER_NAME, "")));
        String cut = hello().body();
        String message = Hello.message(Handshake.CLIENT_HELLO, cut.substring(0, cut.length() - 7));
        String line = line(new Dialogue().client(Hello.record(message)));
        assertTrue(line.contains("length-exceeded"), line);
        assertFalse(line.contains("tls.ja4"), line);
    }

    private static String faults(Hello hello) {
        String line = line(new Dialogue().client(hello.client()));
        return line.substring(line.indexOf("tls.faults=") + "tls.faults=".length());
    }

    @Test
    void evidence() {
        assertEquals(List.of(), play(usual()).evidence);
        String grease = hello().ciphers("0a0a,1301").extension(0xdada, "").client();
        assertEquals(List.of("tls-browser"), play(new Dialogue().client(grease)).evidence);
        String firefox = hello().extension(Extension.RECORD_SIZE_LIMIT, "")
                .extension(Extension.DELEGATED_CREDENTIALS, "")
                .client();
        assertEquals(List.of("tls-browser"), play(new Dialogue().client(firefox)).evidence);
        String other = new Hello()
                .ciphers("0a0a,1301")
                .extension(0xdada, "")
                .alpn("imap")
                .client();
        assertEquals(List.of(), play(new Dialogue().client(other)).evidence);
    }

    @Test
    void longTextsAreCut() {
        String names = line(new Dialogue()
                .client(new Hello()
                        .serverName("n".repeat(3_000))
                        .alpn("a".repeat(255), "b")
                        .client()));
        assertTrue(names.length() < 2_000, names);
    }

    @Test
    void mutated() {
        Random random = new Random(8446);
        String client = Hello.inRecordsOf(90, hello().client());
        String server = serverHello();
        for (int i = 0; i < MUTATIONS; i++) {
            Dialogue dialogue = new Dialogue().client(mutate(random, client)).server(mutate(random, server));
            List<String> lines = lines(random.nextBoolean() ? dialogue : dialogue.inPiecesOf(1 + random.nextInt(60)));
            assertEquals(1, lines.size(), lines.toString());
        }
    }

    private static String mutate(Random random, String words) {
        StringBuilder changed = new StringBuilder(words);
        for (int n = random.nextInt(4); n >= 0; n--) {
            int at = random.nextInt(changed.length());
            switch (random.nextInt(3)) {
                case 0 -> changed.setCharAt(at, (char) random.nextInt(256));
                case 1 -> changed.insert(at, (char) random.nextInt(256));
                default -> changed.setLength(Math.max(1, at));
            }
        }
        return changed.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0016", "\u0016\u0003", "\u0016\u0003\u0001", "\u0016\u0003\u0001\u0000\u0001"})
    void mayBecomeTls(String bytes) {
        assertEquals(Probe.NEED_MORE, probe(Direction.TO_SERVER, bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0017\u0003\u0003\u0000\u0010x",
                "\u0016\u0002",
                "\u0016\u0003\u0005",
                "\u0016\u0003\u00ff",
                "\u0016\u0003\u0001\u0000\u0000\u0001",
                "\u0016\u0003\u0001\u00ff\u00ff\u0001",
                "\u0016\u0003\u0001\u0000\u0010\u0003",
                "GET / HTTP/1.1\r\n"
            })
    void isNoTls(String bytes) {
        assertEquals(Probe.NO_MATCH, probe(Direction.TO_SERVER, bytes));
    }

    @Test
    void eitherSideTells() {
        assertEquals(Probe.MATCH, probe(Direction.TO_SERVER, hello().client()));
        assertEquals(Probe.MATCH_REVERSED, probe(Direction.TO_CLIENT, hello().client()));
        assertEquals(Probe.MATCH, probe(Direction.TO_CLIENT, serverHello()));
        assertEquals(Probe.MATCH_REVERSED, probe(Direction.TO_SERVER, serverHello()));
    }

    private static Probe probe(Direction direction, String text) {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        return new TlsProtocol().probe(443, direction, bytes, 0, bytes.length);
    }
}
