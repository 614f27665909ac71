package org.sandbar.protocol.irc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Probe;

class IrcProbeTest {
    private static final IrcProtocol IRC = new IrcProtocol();

    private static Probe probe(Direction direction, String words) {
        byte[] bytes = ("#" + words + "#").getBytes(StandardCharsets.ISO_8859_1);
        return IRC.probe(40_000, direction, bytes, 1, bytes.length - 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NICK al\r\n",
                "nick al\n",
                "CAP LS 302\r\n",
                "CAP REQ :multi-prefix\r\n",
                "PASS secret\r\nNICK al\r\n",
                "USER al 0 * :Al\r\n",
                "JOIN #c\r\n",
                "PRIVMSG bob :\u0001DCC CHAT chat 3232235781 22\u0001\r\n",
                "NOTICE bob :x\r\n",
                "PONG x\r\nPING y\r\nPRIVMSG #c :hi\r\n"
            })
    void clients(String words) {
        assertEquals(Probe.MATCH, probe(Direction.TO_SERVER, words));
        for (int at = 1; at < words.indexOf('\n'); at++) {
            assertEquals(Probe.NEED_MORE, probe(Direction.TO_SERVER, words.substring(0, at)), words.substring(0, at));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":irc.example.net 001 al :Welcome\r\n",
                ":irc.example.net NOTICE * :*** Looking up\r\n",
                ":irc.example.net CAP * LS :sasl\r\n",
                ":bob!b@h PRIVMSG #c :hi\r\n",
                "PING :12345\r\n:irc.example.net 001 al :Welcome\r\n",
                "NOTICE AUTH :*** Looking up\r\n"
            })
    void servers(String words) {
        assertEquals(Probe.MATCH, probe(Direction.TO_CLIENT, words));
        for (int at = 1; at < words.indexOf(' '); at++) {
            assertEquals(Probe.NEED_MORE, probe(Direction.TO_CLIENT, words.substring(0, at)), words.substring(0, at));
        }
    }

    @Test
    void theOtherWay() {
        assertEquals(Probe.MATCH_REVERSED, probe(Direction.TO_SERVER, ":irc.example.net 001 al :Welcome\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\r\nHost: x\r\n\r\nPRIVMSG b :\u0001DCC CHAT chat 1 22\u0001\r\n",
                "GET / HTTP/1.1\r\n",
                "USER anonymous\r\n",
                "USER al\r\nPASS secret\r\n",
                "PASS secret\r\nUSER al\r\n",
                "EHLO mail.example.net\r\n",
                "CAPA\r\n",
                "MODE S\r\n",
                "LIST\r\n",
                "NICK\r\n",
                "NICK one two\r\n",
                "Notice the following text\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "\u0016\u0003\u0001\u0000\u00ff",
                "<policy-file-request/>\0",
                "*1\r\n$4\r\nPING\r\n",
                "220 ready\r\n",
                "+OK POP3 ready\r\n",
                "* OK IMAP4 ready\r\n",
                ": x\r\n",
                ":method GET\r\n",
                ":one word\r\n",
                "PRIVMSGS a :b\r\n",
                "CAP THEOREM\r\n"
            })
    void others(String words) {
        assertNotEquals(Probe.MATCH, probe(Direction.TO_SERVER, words));
        assertNotEquals(Probe.MATCH, probe(Direction.TO_CLIENT, words));
        assertTrue(probe(Direction.TO_SERVER, words) == Probe.NO_MATCH || words.startsWith("PASS"), words);
    }

    @Test
    void noiseIsNone() {
        Random random = new Random(9);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(60)];
            random.nextBytes(bytes);
            for (Direction direction : Direction.values()) {
                Probe found = IRC.probe(6_667, direction, bytes, 0, bytes.length);
                assertTrue(found == Probe.NO_MATCH || found == Probe.NEED_MORE, () -> new String(bytes));
            }
        }
    }
}
