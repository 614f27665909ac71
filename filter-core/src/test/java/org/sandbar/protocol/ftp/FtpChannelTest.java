package org.sandbar.protocol.ftp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sandbar.event.Event;
import org.sandbar.protocol.Dialogue;
import org.sandbar.protocol.Dialogue.Told;

/** What a control channel shows beside its commands and replies: how lines are written, what is encrypted, what only looks like a line. */
class FtpChannelTest {
    private static final String PORT = "PORT 192,168,1,5,19,136\r\n";
    private static final String PASV = "227 Entering Passive Mode (198,51,100,21,19,136)\r\n";
    private static final String RECORD = "\u0017\u0003\u0003\u0000\u0003abc";
    private static final String HELLO = "\u0016\u0003\u0001\u0000\u0005\u0001abcd";

    private static Told play(Dialogue dialogue) {
        return dialogue.play(new FtpProtocol());
    }

    private static Event last(Told told) {
        return told.events.get(told.events.size() - 1);
    }

    private static List<String> injected(Told told) {
        List<String> texts = new ArrayList<>();
        for (Event event : told.events) {
            if (event.text(FtpEvents.INJECTED) != null) {
                texts.add(event.text(FtpEvents.MODE) + " " + event.text(FtpEvents.INJECTED));
            }
        }
        return texts;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "TYPE I\\r\\n;null",
                "type i\\r\\n;[lower-case]",
                " \\0TYPE I\\r\\n;[leading-blank, nul]",
                "TYPE  I\\r\\n;[wide-blank]",
                "TYPE\\tI\\r\\n;[tab]",
                "TYPE I \\r\\n;[trailing-blank]",
                "TYPE I\\n;[bare-line-feed]",
                "TYPE I;[unterminated]",
                "TYPE\\rI\\r\\n;[bare-carriage-return]",
                "STOR a\\rb\\r\\n;[bare-carriage-return]",
                "STOR a\\0b\\r\\n;[nul]",
                "\\xff\\xf1TYPE I\\r\\n;[telnet]",
                "TY\\xff\\xf1PE I\\r\\n;[telnet, telnet-in-word]",
                "TYPE\\xff\\xf1 I\\r\\n;[telnet]",
                "PORT 192,168,\\xff\\xf11,5,19,136\\r\\n;[telnet, telnet-in-endpoint]",
                "STOR a\\xff\\xf1b\\r\\n;[telnet]",
                "STOR a\\xff\\xffb\\r\\n;[telnet]",
            })
    void howALineIsWritten(String written, String expected) {
        String line = written.replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\0", "\0")
                .replace("\\xff", "\u00ff")
                .replace("\\xf1", "\u00f1");
        Event event = last(play(FtpDialogues.login().client(line)));
        assertEquals(expected, String.valueOf(event.get(FtpEvents.SYNTAX)));
        assertEquals(4, event.text(FtpEvents.COMMAND).length());
    }

    @Test
    void whatIsBeyondTheBoundIsCounted() {
        Told told = play(FtpDialogues.longLines());
        // RFC 959 has no longest line; the bound is 4096 bytes: 5 + 5000 of the command, 4 + 6000 of the reply.
        assertEquals(5_005L - 4_096 + 1 + 6_004 - 4_096 + 1, told.events.get(3).get(FtpEvents.EXCESS));
        assertNull(told.events.get(4).get(FtpEvents.EXCESS));
        assertEquals(told.lines(), play(FtpDialogues.longLines().inPiecesOf(1)).lines());
        assertEquals(
                told.lines(), play(FtpDialogues.longLines().inPiecesOf(1_000)).lines());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"PASS hunter2\r\n", "pass\thunter2\r\n", "PASSWD hunter2\r\n", "PA\u00ff\u00f1SS hunter2\r\n"})
    void aPasswordThatIsEchoedIsNotTold(String line) {
        Told told = play(FtpDialogues.login()
                .client(line)
                .server("530-Password hunter2 is wrong\r\n 'hunter2', xhunter2x\r\n530 no\r\n"));
        assertFalse(told.lines().toString().contains("hunter2"), told.lines().toString());
        assertEquals(
                List.of("Password ******* is wrong", " '*******', x*******x", "no"),
                last(told).get(FtpEvents.REPLY));
    }

    @Test
    void aShortPasswordIsTakenOutAsAWord() {
        Told told = play(FtpDialogues.login().client("PASS ab\r\n").server("530 ab about 'ab' cab\r\n"));
        assertEquals(List.of("** about '**' cab"), last(told).get(FtpEvents.REPLY));
    }

    @Test
    void aPasswordThatIsChangedIsNotTold() {
        Told told = play(FtpDialogues.login().client("SITE PSWD old1 new2\r\nSITE CHMOD 644 x\r\n"));
        assertEquals("PSWD ***", told.events.get(3).text(FtpEvents.COMMAND_DATA));
        assertEquals("CHMOD 644 x", told.events.get(4).text(FtpEvents.COMMAND_DATA));
    }

    @Test
    void encryptionSaysSo() {
        Told told = play(FtpDialogues.tls());
        assertEquals(FtpEvents.EXPLICIT, told.events.get(1).text(FtpEvents.TLS));
        assertEquals(FtpEvents.CLEARED, told.events.get(2).text(FtpEvents.TLS));
        Told refused = play(FtpDialogues.login().client("AUTH TLS\r\n").server("502 no\r\n"));
        assertNull(last(refused).text(FtpEvents.TLS));
    }

    @Test
    void encryptionFromTheStartSaysSo() {
        Dialogue implicit = new Dialogue()
                .between("192.168.1.5", 40_000, "198.51.100.21", 990)
                .client(HELLO)
                .server(HELLO + RECORD)
                .client(RECORD + RECORD);
        Told told = play(implicit);
        assertEquals(1, told.events.size());
        assertEquals(FtpEvents.IMPLICIT, last(told).text(FtpEvents.TLS));
        told = play(implicit.server(RECORD).client(PORT).server("200 ok\r\n"));
        assertEquals(FtpEvents.CLEARED, last(told).text(FtpEvents.TLS));
        assertEquals("PORT", last(told).text(FtpEvents.COMMAND));
        assertNull(last(told).get(FtpEvents.LOGGED_IN));
    }

    @Test
    void afterEpsvAllNothingElseMayAnnounce() {
        Told told = play(FtpDialogues.login()
                .client("EPSV ALL\r\n")
                .server("200 ok\r\n")
                .client("EPSV\r\n")
                .server("229 (|||5000|)\r\n")
                .client(PORT)
                .server("501 no\r\n")
                .client("PASV\r\n")
                .server("501 no\r\n"));
        assertNull(told.events.get(4).get(FtpEvents.AFTER_EPSV_ALL));
        assertEquals(true, told.events.get(5).get(FtpEvents.AFTER_EPSV_ALL));
        assertEquals(true, told.events.get(6).get(FtpEvents.AFTER_EPSV_ALL));
        Told refused = play(FtpDialogues.login().client("EPSV ALL\r\n" + PORT).server("501 no\r\n200 ok\r\n"));
        assertNull(last(refused).get(FtpEvents.AFTER_EPSV_ALL));
    }

    @Test
    void aWordThatLinuxTakesForPort() {
        Event event = last(
                play(FtpDialogues.login().client("PORTX 192,168,1,5,19,136\r\n").server("500 what\r\n")));
        assertEquals("PORTX", event.text(FtpEvents.COMMAND));
        assertEquals("other-word", event.text(FtpEvents.CANONICAL_REASON));
        assertEquals(
                List.of(
                        Map.of("filter", "linux", "ip", "192.168.1.5", "port", 5_000L),
                        Map.of("filter", "libalias"),
                        Map.of("filter", "ftp-proxy")),
                event.get(FtpEvents.READINGS));
    }

    @Test
    void whatTheEndpointIs() {
        Event port = last(play(FtpDialogues.login().client("PORT 127,0,0,1,12,234\r\n")));
        assertEquals(true, port.get(FtpEvents.ENDPOINT_LOOPBACK));
        assertEquals("mysql", port.text(FtpEvents.ENDPOINT_SERVICE));
        assertNull(port.get(FtpEvents.READINGS));
        port = last(play(FtpDialogues.login().client("PORT 239,1,2,3,19,136\r\n")));
        assertEquals(true, port.get(FtpEvents.ENDPOINT_MULTICAST));
        assertNull(port.text(FtpEvents.ENDPOINT_SERVICE));
        port = last(play(FtpDialogues.login().client("PORT 192,168,1,9,19,136\r\n")));
        assertEquals(true, port.get(FtpEvents.ENDPOINT_NEIGHBOUR));
        port = last(play(FtpDialogues.login().client(PORT)));
        assertNull(port.get(FtpEvents.ENDPOINT_NEIGHBOUR));
    }

    @Test
    void anEchoThatIsCutJustBeforeA227() {
        Dialogue echo = FtpDialogues.login()
                .client("SITE " + PASV)
                .server("500 unknown: SITE ")
                .server(PASV);
        Told told = play(echo);
        assertEquals(List.of("passive " + PASV.trim()), injected(told));
        assertEquals(
                "198.51.100.21", told.events.get(3).get(FtpEvents.ENDPOINT_IP).toString());
        assertEquals(5_000L, told.events.get(3).get(FtpEvents.DYNAMIC_PORT));
        assertNull(told.events.get(3).get(FtpEvents.SOLICITED));
        assertEquals("SITE", last(told).text(FtpEvents.COMMAND));
        // In one segment, or cut elsewhere, there is nothing to be taken for a reply.
        assertEquals(
                List.of(),
                injected(play(FtpDialogues.login().client("SITE x\r\n").server("500 SITE " + PASV))));
    }

    @Test
    void theTailOfAnArgumentThatLooksLikeAPort() {
        Told told = play(FtpDialogues.login()
                .client("STOR " + "x".repeat(80))
                .client(PORT)
                .server("553 no\r\n"));
        assertEquals(List.of("active " + PORT.trim()), injected(told));
        assertEquals("STOR", last(told).text(FtpEvents.COMMAND));
    }

    @Test
    void aLineWithinAReplyThatLooksLikeAReply() {
        String help = "214-Help\r\n" + PASV + "214 End\r\n";
        assertEquals(
                List.of("passive " + PASV.trim()),
                injected(play(FtpDialogues.login().client("HELP\r\n").server(help))));
        assertEquals(
                List.of("passive " + PASV.trim()),
                injected(play(
                        FtpDialogues.login().client("HELP\r\n").server(help).inPiecesOf(1))));
        assertEquals(
                List.of("passive " + PASV.trim()),
                injected(play(FtpDialogues.login()
                        .client("HELP\r\n")
                        .server("214-Help\r\n")
                        .server(PASV + "214 End\r\n"))));
    }

    @Test
    void whatIsALineOfItsOwnIsNotInjected() {
        Dialogue dialogue = FtpDialogues.login()
                .client(PORT)
                .server("200 ok\r\n")
                .client("PASV\r\n")
                .server(PASV)
                .client("PASV\r\n")
                .server("227-Entering\r\n" + PASV)
                .client("RETR x\r\n" + PORT)
                .server("150 go\r\n")
                .server("226 done\r\n200 ok\r\n" + PASV);
        assertEquals(List.of(), injected(play(dialogue)));
        for (int i = 0; i < dialogue.segments().size(); i++) {
            assertEquals(List.of(), injected(play(dialogue.losing(i))), "without " + i);
            for (int at = 1; at < dialogue.segments().get(i).bytes().length; at++) {
                assertEquals(List.of(), injected(play(dialogue.cut(i, at))), i + " cut at " + at);
            }
        }
    }

    @Test
    void anAbortIsNoEvasion() {
        byte[] abort = "\u00ff\u00f4\u00ff\u00f2ABOR\r\n".getBytes(StandardCharsets.ISO_8859_1);
        LineReader line = new LineReader(4_096);
        line.urgent(3);
        line.read(abort, 0, abort.length, 0);
        CommandLine command = CommandLine.of(line);
        assertEquals(Verb.ABOR, command.verb());
        assertEquals(List.of("telnet"), command.syntax());
    }

    @Test
    void anUrgentByteIsTakenOutAsTheReceiverDoes() {
        byte[] port = "PO!RT 192,168,1,5,19,136\r\n".getBytes(StandardCharsets.ISO_8859_1);
        LineReader line = new LineReader(4_096);
        line.urgent(102);
        line.read(port, 0, 1, 100);
        line.read(port, 1, port.length, 101);
        CommandLine command = CommandLine.of(line);
        assertEquals(Verb.PORT, command.verb());
        assertEquals(List.of("urgent"), command.syntax());
        assertEquals("urgent", command.endpoint().flaw());
    }
}
