package org.sandbar.protocol.stun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Probe;
import org.sandbar.wire.Packet;

class StunProbeTest {
    private static final StunProtocol UDP = new StunProtocol(Packet.UDP);
    private static final StunProtocol TCP = new StunProtocol(Packet.TCP);

    private static Probe probe(StunProtocol protocol, int port, Direction direction, String words) {
        byte[] bytes = ("#" + words + "#").getBytes(StandardCharsets.ISO_8859_1);
        return protocol.probe(port, direction, bytes, 1, bytes.length - 2);
    }

    private static Probe udp(String words) {
        return probe(UDP, 40_000, Direction.TO_SERVER, words);
    }

    private static Probe tcp(String words) {
        return probe(TCP, 40_000, Direction.TO_SERVER, words);
    }

    @Test
    void byTheCookie() {
        assertEquals(Probe.MATCH, udp(Messages.check(1)));
        assertEquals(Probe.MATCH, udp(Messages.mapped(1)));
        assertEquals(Probe.MATCH, udp(Messages.check(1).substring(0, 24)));
        assertEquals(Probe.NO_MATCH, udp(Messages.check(1).substring(0, 19)));
        assertEquals(Probe.NO_MATCH, udp("\4" + Messages.check(1).substring(1)));
        assertEquals(Probe.NO_MATCH, udp(Messages.check(1).replace(Messages.COOKIE, "abcd")));
    }

    /** RFC 3489: what nothing but the whole message can tell. */
    @Test
    void withoutACookie() {
        String request = "\0\1\0\0" + "a transaction 16";
        assertEquals(Probe.NO_MATCH, udp(request));
        assertEquals(Probe.MATCH, probe(UDP, 3_478, Direction.TO_SERVER, request));
        String change = "\0\1\0\10" + "a transaction 16" + Messages.attribute(3, "\0\0\0\6");
        assertEquals(Probe.MATCH, udp(change));
        assertEquals(Probe.NO_MATCH, udp(change + "x"));
        assertEquals(Probe.NO_MATCH, udp("\0\1\0\10" + "a transaction 16" + Messages.attribute(0x20, "\0\0\0\6")));
        assertEquals(Probe.NO_MATCH, udp("\0\3\0\10" + "a transaction 16" + Messages.attribute(3, "\0\0\0\6")));
        assertEquals(Probe.NO_MATCH, tcp(change));
    }

    @Test
    void overTcpWithAndWithoutALength() {
        String check = Messages.check(1);
        String framed = Messages.u16(check.length()) + check;
        for (int length = 1; length < 20; length++) {
            assertEquals(Probe.NEED_MORE, tcp(check.substring(0, length)), "plain, " + length);
            assertEquals(Probe.NEED_MORE, tcp(framed.substring(0, length)), "framed, " + length);
        }
        assertEquals(Probe.MATCH, tcp(check));
        assertEquals(Probe.MATCH, tcp(framed));
        assertEquals(Probe.MATCH_REVERSED, probe(TCP, 40_000, Direction.TO_CLIENT, check));
        assertEquals(Probe.MATCH, probe(TCP, 40_000, Direction.TO_CLIENT, Messages.mapped(1)));
        assertEquals(Probe.NO_MATCH, tcp(Messages.u16(check.length() - 4) + check));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n\r\n",
                "\u0016\3\1\2\0\1\0\1\u00fc",
                "SSH-2.0-x\r\n",
                "<policy-file-request/>\0"
            })
    void otherProtocolsAreRuledOutAtOnce(String words) {
        assertEquals(Probe.NO_MATCH, tcp(words));
        assertEquals(Probe.NO_MATCH, tcp(words.substring(0, 1)));
        assertEquals(Probe.NO_MATCH, udp(words));
    }

    @ParameterizedTest
    @CsvSource({
        "3, STUN",
        "4, OTHER",
        "16, ZRTP",
        "19, ZRTP",
        "20, DTLS",
        "63, DTLS",
        "64, CHANNEL_DATA",
        "127, CHANNEL_DATA",
        "128, RTP",
        "191, RTP",
        "192, OTHER"
    })
    void byTheFirstByte(int first, Multiplexed kind) {
        byte[] bytes = Messages.check(1).getBytes(StandardCharsets.ISO_8859_1);
        if (first > 3) {
            bytes[0] = (byte) first;
            bytes[2] = 0;
            bytes[3] = (byte) (bytes.length - 4);
        }
        assertEquals(kind, Multiplexed.of(bytes, 0, bytes.length));
    }

    @Test
    void noiseIsNoStun() {
        Random random = new Random(5_389);
        byte[] noise = new byte[60];
        for (int i = 0; i < 200_000; i++) {
            random.nextBytes(noise);
            noise[0] &= 3;
            assertNotEquals(Probe.MATCH, UDP.probe(3_478, Direction.TO_SERVER, noise, 0, noise.length));
            assertEquals(Probe.NO_MATCH, TCP.probe(3_478, Direction.TO_SERVER, noise, 0, noise.length));
        }
    }
}
