package org.sandbar.protocol.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sandbar.protocol.Dialogue;

/** Text that firewalls act on, where they look for it. */
class AlgBaitTest {
    private static final String REGISTER = "REGISTER sip:e.example;transport=TCP SIP/2.0\r\nVia: x\r\n\r\n";
    private static final String DCC = "PRIVMSG b :\u0001DCC CHAT chat 173539586 22\u0001\r\n";
    private static final String POST = "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 400\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n";

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            value = {
                // Text; who would act on it from the client; and from the server
                "PORT 10,88,1,2,0,22;ftp;-",
                "port 10,88,1,2,0,22;ftp;-",
                "PORTX 10,88,1,2,0,22;ftp;-",
                "PORT 10,88,1,2,,22;ftp;-",
                "PORT OF CALL;-;-",
                "PORT 10,88,1;-;-",
                "EPRT |1|10.88.1.2|22|;ftp;-",
                "EPRT !2!fe80::1!22!;ftp;-",
                "EPRT and EPSV are commands;-;-",
                "227 Entering Passive Mode (10,88,1,2,0,22);-;ftp",
                "227 10,88,1,2,0,22;-;ftp",
                "227 bottles of beer;-;-",
                "229 Extended (|||22|);-;ftp",
                "229 (of 300);-;-",
                "REGISTER sip:a SIP/2.0;sip;sip",
                "invite sip:a SIP/2.0;sip;sip",
                "SIP/2.0 200 OK;sip;sip",
                "REGISTER now and win;-;-",
                "PRIVMSG b :\\1DCC SEND f 1 2;irc;irc",
                "PRIVMSG b :hello;-;-",
                "\\3\\0\\0\\12\\10\\0\\0\\0\\0\\0;h323;h323",
                "\\3\\0\\1\\0\\10\\0\\0\\0\\0\\0;-;-",
                "\\0\\14\\0\\1\\032+<M\\0\\1\\0\\0;pptp;-",
                "\\0\\0\\0\\7\\0\\0\\0\\1;sane;-",
            })
    void whatAFirewallActsOn(String text, String ofClient, String ofServer) {
        byte[] bytes = text.translateEscapes().getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(ofClient, AlgBait.helper(bytes, 0, bytes.length, true));
        assertEquals(ofServer, AlgBait.helper(bytes, 0, bytes.length, false));
    }

    /** Gateway, place and sender of what was told. */
    private static List<String> bait(int port, Dialogue dialogue) {
        return dialogue.between("192.168.1.5", 40_000, "198.51.100.80", port).play(new HttpProtocol()).events.stream()
                .filter(event -> event.get(HttpEvents.ALG_HELPER) != null)
                .map(event -> event.text(HttpEvents.ALG_HELPER) + " " + event.text(HttpEvents.ALG_PLACE) + " "
                        + event.text(HttpEvents.ALG_SENDER))
                .toList();
    }

    @Test
    void inASegmentOfABody() {
        assertEquals(
                List.of("sip segment client"),
                bait(80, new Dialogue().client(POST + "^_^_").client(REGISTER)));
        assertEquals(
                List.of("irc segment client"),
                bait(6667, new Dialogue().client(POST).client(DCC).client(DCC)));
        assertEquals(
                List.of("sip segment server"),
                bait(80, new Dialogue().client(POST).server(OK).server("SIP/2.0 200 OK\r\n\r\n")));
    }

    @Test
    void behindALineEndWhereAFirewallReadsLines() {
        assertEquals(List.of("irc line client"), bait(6667, new Dialogue().client(POST + DCC)));
        assertEquals(
                List.of("irc line client"),
                bait(6667, new Dialogue().client(POST).client("x\n" + DCC)));
        assertEquals(List.of(), bait(80, new Dialogue().client(POST + "x\n" + DCC)));
        assertEquals(List.of(), bait(5060, new Dialogue().client(POST + "^_" + REGISTER)));
    }

    @Test
    void behindAMessageThatIsComplete() {
        assertEquals(
                List.of("sip behind-message client"),
                bait(
                        80,
                        new Dialogue()
                                .client("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi" + REGISTER)));
    }

    @Test
    void noDownloadOfRandomBytesIsTakenForAny() {
        Random random = new Random(7);
        byte[] segment = new byte[1_460];
        for (int i = 0; i < 100_000; i++) {
            random.nextBytes(segment);
            assertNull(AlgBait.helper(segment, 0, segment.length, false));
            assertNull(AlgBait.helper(segment, 0, segment.length, true));
        }
    }
}
