package org.sandbar.protocol.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.event.Event;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Dialogue;
import org.sandbar.protocol.Dialogue.Told;
import org.sandbar.protocol.Probe;

class DtlsAnalyzerTest {
    private static final DtlsProtocol DTLS = new DtlsProtocol();
    private static final String ALPN = extension(16, u16(16) + "\6webrtc\10c-webrtc");
    private static final String SRTP = extension(14, u16(4) + "\0\1\0\7\0");
    private static final String VERSIONS = extension(43, "\6\u00fe\u00fc\u00fe\u00fd\n\n");
    private static final String NAME = extension(0, u16(14) + "\0" + u16(11) + "example.net");
    private static final int MUTATIONS = 50_000;

    private static String u16(int number) {
        return "" + (char) (number >> 8 & 255) + (char) (number & 255);
    }

    private static String u24(int number) {
        return (char) (number >> 16) + u16(number);
    }

    private static String extension(int type, String body) {
        return u16(type) + u16(body.length()) + body;
    }

    private static String hello(String... extensions) {
        String all = String.join("", extensions);
        return "\u00fe\u00fd" + "r".repeat(32) + "\0\0" + u16(2) + "\u00c0\u002b" + "\1\0"
                + (all.isEmpty() ? "" : u16(all.length()) + all);
    }

    private static String record(int type, int sequence, String body) {
        return (char) type + "\u00fe\u00fd\0\0\0\0" + u24(sequence) + "\0" + u16(body.length()) + body;
    }

    private static String fragment(int type, String message, int from, int to) {
        return (char) type + u24(message.length()) + u16(0) + u24(from) + u24(to - from) + message.substring(from, to);
    }

    private static String whole(String message) {
        return record(22, 0, fragment(1, message, 0, message.length()));
    }

    private static Told play(String... datagrams) {
        Dialogue dialogue = new Dialogue();
        for (String datagram : datagrams) {
            dialogue.client(datagram);
        }
        return dialogue.play(DTLS);
    }

    private static Probe probe(String datagram) {
        byte[] bytes = datagram.getBytes(StandardCharsets.ISO_8859_1);
        return DTLS.probe(40_000, Direction.TO_SERVER, bytes, 0, bytes.length);
    }

    @Test
    void whatAHelloOffers() {
        Told told = play(whole(hello(VERSIONS, ALPN, SRTP, NAME)));
        Event event = told.events.get(0);
        assertEquals("1.3", event.get(DtlsEvents.VERSION));
        assertEquals(List.of("webrtc", "c-webrtc"), event.get(DtlsEvents.ALPN));
        assertEquals(List.of("0x0001", "0x0007"), event.get(DtlsEvents.SRTP_PROFILES));
        assertEquals("example.net", event.get(DtlsEvents.SERVER_NAME));
        assertEquals(null, event.get(DtlsEvents.MALFORMED));
        assertEquals(List.of("webrtc-dtls"), told.evidence);
        Told plain = play(whole(hello()));
        assertEquals(List.of("dtls dtls.version=1.2"), plain.lines());
        assertEquals(List.of(), plain.evidence);
    }

    @Test
    void fragmentsArePutTogether() {
        String hello = hello(VERSIONS, ALPN, SRTP, NAME);
        List<String> expected = play(whole(hello)).lines();
        for (int at = 1; at < hello.length(); at++) {
            String one = record(22, 0, fragment(1, hello, 0, at));
            String other = record(22, 1, fragment(1, hello, at, hello.length()));
            assertEquals(expected, play(one, other).lines(), "cut at " + at);
            assertEquals(expected, play(one + other).lines(), "in one datagram, cut at " + at);
            assertEquals(expected, play(one, one, other, other).lines(), "sent again, cut at " + at);
            assertEquals(List.of(), play(other).lines());
        }
    }

    @Test
    void aHelloThatEndsWithinItself() {
        String hello = hello(VERSIONS, ALPN, SRTP, NAME);
        for (int length = 0; length < hello.length(); length++) {
            Event event = play(whole(hello.substring(0, length))).events.get(0);
            boolean noExtensions = length == hello("").length();
            assertEquals(noExtensions ? null : true, event.get(DtlsEvents.MALFORMED), "cut at " + length);
        }
    }

    @Test
    void aHelloOfManyFragmentsIsBounded() {
        String hello = hello(ALPN, extension(21, "\0".repeat(60_000)));
        Dialogue dialogue = new Dialogue().limits(Limits.USUAL.with(Bound.DTLS_HELLO_BYTES, 512));
        for (int at = 0; at < hello.length(); at += 1_000) {
            dialogue.client(record(22, at, fragment(1, hello, at, Math.min(hello.length(), at + 1_000))));
        }
        Told told = dialogue.play(DTLS);
        assertEquals(1, told.events.size());
        assertEquals(List.of("webrtc", "c-webrtc"), told.events.get(0).get(DtlsEvents.ALPN));
    }

    @Test
    void isRecognisedByHellosAndByRecords() {
        String hello = whole(hello(ALPN));
        assertEquals(Probe.MATCH, probe(hello));
        assertEquals(Probe.MATCH, probe(record(22, 0, fragment(3, "\u00fe\u00ff\0", 0, 3))));
        assertEquals(Probe.MATCH, probe(record(23, 7, "ciphertext") + record(21, 8, "alert")));
        assertEquals(Probe.NO_MATCH, probe(record(23, 7, "ciphertext") + "more"));
        assertEquals(Probe.NO_MATCH, probe("\u0016\3\1" + hello.substring(3)));
        for (int length = 1; length < hello.length(); length++) {
            assertEquals(Probe.NO_MATCH, probe(hello.substring(0, length)), "cut at " + length);
        }
    }

    @Test
    void stunShowsThatItIsOneOfSeveral() {
        String stun = "\0\1\0\0\u0021\u0012\u00a4\u0042" + "transaction!";
        assertEquals("stun", play(record(23, 7, "ciphertext"), stun).heir);
    }

    @Test
    void anyBytesAreTaken() {
        Random random = new Random(9_147);
        String hello = hello(VERSIONS, ALPN, SRTP, NAME);
        String[] datagrams = {
            whole(hello),
            record(22, 0, fragment(1, hello, 0, 50)),
            record(22, 1, fragment(1, hello, 50, hello.length())),
            record(23, 2, "ciphertext")
        };
        int told = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            String[] mutated = new String[3];
            for (int n = 0; n < mutated.length; n++) {
                StringBuilder bytes = new StringBuilder(datagrams[random.nextInt(datagrams.length)]);
                for (int m = random.nextInt(4); m > 0; m--) {
                    bytes.setCharAt(random.nextInt(bytes.length()), (char) random.nextInt(256));
                }
                bytes.setLength(random.nextInt(8) == 0 ? 1 + random.nextInt(bytes.length()) : bytes.length());
                mutated[n] = bytes.toString();
            }
            told += play(mutated).events.size();
        }
        assertTrue(told > MUTATIONS / 4);
    }
}
