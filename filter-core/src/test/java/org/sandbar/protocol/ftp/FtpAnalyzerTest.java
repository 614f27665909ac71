package org.sandbar.protocol.ftp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.event.Event;
import org.sandbar.event.Field;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Dialogue;
import org.sandbar.protocol.Dialogue.Told;

class FtpAnalyzerTest {
    private static Told play(Dialogue dialogue) {
        return dialogue.play(new FtpProtocol());
    }

    /** Each event as command, argument and codes. */
    private static List<String> exchanges(Told told) {
        List<String> lines = new ArrayList<>();
        for (Event event : told.events) {
            StringBuilder line = new StringBuilder();
            for (Field field : List.of(FtpEvents.COMMAND, FtpEvents.COMMAND_DATA, FtpEvents.COMPLETION_CODE)) {
                line.append(event.get(field) == null ? "" : event.get(field) + " ");
            }
            lines.add(line.toString().trim());
        }
        return lines;
    }

    private static Event last(Told told) {
        return told.events.get(told.events.size() - 1);
    }

    private static Event event(Told told, String command) {
        return told.events.stream()
                .filter(event -> command.equals(event.text(FtpEvents.COMMAND)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aPasswordOfNobodyIsNoLogin() {
        Told told = play(
                new Dialogue().server("220 a\r\n331 b\r\n").client("PASS x\r\n").server("230 in\r\n"));
        assertTrue(!told.evidence.contains("ftp-login"), told.evidence.toString());
    }

    @Test
    void anActiveSession() {
        Told told = play(FtpDialogues.active());
        assertEquals(
                List.of(
                        "[220]",
                        "USER anonymous [331]",
                        "PASS [230]",
                        "SYST [215]",
                        "TYPE I [200]",
                        "PORT 192,168,1,5,19,136 [200]",
                        "RETR a.txt [150, 226]",
                        "QUIT [221]"),
                exchanges(told));
        assertEquals(List.of("ftp-server-greeting", "ftp-login", "ftp-client-commands"), told.evidence);
        Event port = event(told, "PORT");
        assertEquals("192.168.1.5", port.get(FtpEvents.ENDPOINT_IP).toString());
        assertEquals(5000L, port.get(FtpEvents.DYNAMIC_PORT));
        assertEquals(true, port.get(FtpEvents.LOGGED_IN));
        assertEquals(true, port.get(FtpEvents.ANONYMOUS));
        assertNull(port.get(FtpEvents.SOLICITED));
        assertEquals("active", event(told, "RETR").text(FtpEvents.MODE));
        assertEquals(false, event(told, "PASS").get(FtpEvents.LOGGED_IN));
    }

    @Test
    void aPassiveSession() {
        Told told = play(FtpDialogues.passive());
        Event pasv = event(told, "PASV");
        assertEquals(1075L, pasv.get(FtpEvents.ENDPOINT_PORT));
        assertEquals(true, pasv.get(FtpEvents.SOLICITED));
        assertEquals(false, pasv.get(FtpEvents.THIRD_PARTY));
        Event epsv = event(told, "EPSV");
        assertEquals("198.51.100.21", epsv.get(FtpEvents.ENDPOINT_IP).toString());
        assertEquals(48758L, epsv.get(FtpEvents.ENDPOINT_PORT));
        assertEquals("passive", event(told, "LIST").text(FtpEvents.MODE));
        assertEquals("STOR b [125]", exchanges(told).get(6));
        assertNull(last(told).get(FtpEvents.ACCEPTED));
    }

    @Test
    void pipelinedCommandsPairInOrderAndTheGreetingWithNone() {
        assertEquals(
                List.of(
                        "[220]",
                        "USER a [331]",
                        "PASS [230]",
                        "PWD [257]",
                        "CWD x [250]",
                        "CWD y [550]",
                        "RETR z [150, 426]",
                        "ABOR [226]",
                        "[226]"),
                exchanges(play(FtpDialogues.pipelined())));
    }

    @Test
    void aReplyOfSeveralLinesEndsWithItsOwnCode() {
        Told told = play(FtpDialogues.multiLine());
        assertEquals(List.of("[220]", "FEAT [211]", "STAT [211]"), exchanges(told));
        assertEquals(
                List.of("Welcome", "to", "226 files", " 220 padded", "", "it"),
                told.events.get(0).get(FtpEvents.REPLY));
        assertEquals(
                List.of("Features:", " EPRT", " UTF8", "230 is no end", "End"),
                told.events.get(1).get(FtpEvents.REPLY));
    }

    @Test
    void delayAndRefusalBeforeTheGreeting() {
        assertEquals(
                List.of("[120]", "[220]", "USER a [331]"),
                exchanges(play(new Dialogue()
                        .client("USER a\r\n")
                        .server("120 wait\r\n")
                        .server("220 hi\r\n331 go\r\n"))));
        assertEquals(
                List.of("[421]", "USER a"),
                exchanges(play(new Dialogue().server("421 full\r\n").client("USER a\r\n"))));
    }

    @Test
    void closingAnyTimeAnswersTheOldestCommand() {
        Told told = play(FtpDialogues.login().client("RETR a\r\nPWD\r\n").server("150 go\r\n421 bye\r\n"));
        assertEquals(List.of("RETR a [150, 421]", "PWD"), exchanges(told).subList(3, 5));
        assertEquals("no", last(told).text(FtpEvents.REPLY_RECEIVED));
    }

    @Test
    void endpointsThatNobodyAskedFor() {
        Told told = play(FtpDialogues.unsolicited());
        assertEquals(
                List.of("[227]", "NLST 227 [227]", "PORT 10,0,0,9,0,25", "[227]", "[200]", "[421]"),
                exchanges(told).subList(3, 9));
        Event unasked = told.events.get(3);
        assertEquals(false, unasked.get(FtpEvents.SOLICITED));
        assertTrue(unasked.is(FtpEvents.THIRD_PARTY) && unasked.is(FtpEvents.PRIVILEGED));
        assertTrue(unasked.is(FtpEvents.ENDPOINT_PRIVATE));
        assertEquals(false, told.events.get(4).get(FtpEvents.SOLICITED));
        assertTrue(event(told, "PORT").is(FtpEvents.THIRD_PARTY));
    }

    @Test
    void secretsAreNotTold() {
        Told told = play(FtpDialogues.login().client(" pass hunter2\r\nACCT hunter2\r\nPASS\thunter2"));
        assertFalse(told.lines().toString().contains("hunter2"));
        assertFalse(told.lines().toString().contains("me@example.com"));
    }

    @Test
    void loginStates() {
        Told told = play(new Dialogue()
                .server("220 hi\r\n")
                .client("PORT 192,168,1,5,19,136\r\n")
                .server("530 log in\r\n")
                .client("USER bob\r\n")
                .server("331 go\r\n")
                .client("PASS x\r\n")
                .server("332 account\r\n")
                .client("ACCT y\r\n")
                .server("230 in\r\n")
                .client("REIN\r\n")
                .server("220 again\r\n")
                .client("USER eve\r\n")
                .server("530 no\r\n")
                .client("PASV\r\n"));
        assertEquals(false, event(told, "PORT").get(FtpEvents.LOGGED_IN));
        assertEquals("bob", event(told, "ACCT").text(FtpEvents.USER));
        assertEquals(false, event(told, "ACCT").get(FtpEvents.ANONYMOUS));
        assertEquals(true, event(told, "REIN").get(FtpEvents.LOGGED_IN));
        assertEquals(false, event(told, "PASV").get(FtpEvents.LOGGED_IN));
        assertNull(event(told, "PASV").get(FtpEvents.USER));
        assertEquals(List.of("ftp-server-greeting", "ftp-port-without-login", "ftp-login"), told.evidence);
    }

    @Test
    void encryptionIsSkippedAndWhatFollowsItIsSeen() {
        Told told = play(FtpDialogues.tls());
        assertEquals(List.of("[220]", "AUTH TLS [234]", "PASV [227]"), exchanges(told));
        assertNull(event(told, "PASV").get(FtpEvents.LOGGED_IN));
        assertFalse(told.abandoned);
    }

    @Test
    void encryptionThatCannotBeFollowedEndsQuietly() {
        Told told = play(new Dialogue()
                .server("220 hi\r\n")
                .client("AUTH TLS\r\n")
                .server("234 go\r\n")
                .client("\u0016\u0003\u0001\u0000\u0004abcd")
                .lost(Direction.TO_SERVER, 100)
                .client("\nPORT 192,168,1,5,19,136\r\n")
                .server("\u0001\u0002\r\n227 (1,2,3,4,5,6)\r\n"));
        assertEquals(List.of("[220]", "AUTH TLS [234]"), exchanges(told));
        assertFalse(told.abandoned);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0001\u0002\u0003",
                "\u0000\u0000\u0001noise\n",
                "\u00fe\u0001noise\n",
                "hello\r\nworld\r\n",
                "HTTP/1.1 200 OK\r\nServer: x\r\n",
                "+OK\r\n+OK\r\n",
                "a\nb\nPORT 192,168,1,5,0,23\n",
            })
    void noiseAfterOnePort(String noise) {
        Dialogue fromClient = new Dialogue()
                .between("192.168.1.5", 40_000, "198.51.100.21", 4502)
                .client("PORT 192,168,1,5,0,22\r\n");
        Told told = play(fromClient.client(noise));
        assertEquals(List.of("PORT 192,168,1,5,0,22"), exchanges(told));
        assertTrue(told.abandoned);
        Dialogue fromServer = new Dialogue()
                .between("192.168.1.5", 40_000, "198.51.100.21", 4502)
                .client("PORT 192,168,1,5,0,22\r\n");
        told = play(fromServer.server(noise));
        assertEquals(List.of("PORT 192,168,1,5,0,22"), exchanges(told));
        assertTrue(told.abandoned);
        assertTrue(last(told).is(FtpEvents.PRIVILEGED));
    }

    @Test
    void aStrayLineIsTolerated() {
        Told told = play(
                FtpDialogues.login().server("stray\r\n").client("ää\r\nPWD\r\n").server("257 \"/\"\r\n"));
        assertEquals("PWD [257]", exchanges(told).get(3));
        assertFalse(told.abandoned);
    }

    @Test
    void unknownWordsAreCommandsForAServerOfFtp() {
        assertEquals(
                "XFOO bar [502]",
                exchanges(play(FtpDialogues.login().client("xfoo  bar\r\n").server("502 no\r\n")))
                        .get(3));
    }

    @Test
    void longLinesAreCutAndTheirRestIsNoLine() {
        Told told = play(FtpDialogues.longLines());
        assertEquals(5, told.events.size());
        Event retr = event(told, "RETR");
        assertTrue(retr.is(FtpEvents.COMMAND_TRUNCATED) && retr.is(FtpEvents.REPLY_TRUNCATED));
        assertEquals(1_025, retr.text(FtpEvents.COMMAND_DATA).length());
        assertEquals("PWD [257]", exchanges(told).get(4));
    }

    @Test
    void repliesAreBounded() {
        Dialogue dialogue = FtpDialogues.login().client("STAT\r\n").server("211-x\r\n");
        for (int i = 0; i < 2_000; i++) {
            dialogue.server("  line\r\n");
        }
        Event stat = last(play(dialogue.server("211 end\r\n")));
        assertTrue(((List<?>) stat.get(FtpEvents.REPLY)).size() < 300);
        assertTrue(stat.is(FtpEvents.REPLY_TRUNCATED) && stat.is(FtpEvents.ACCEPTED));
    }

    @Test
    void eachCodeIsToldOnceHoweverManyThereAre() {
        Dialogue dialogue = FtpDialogues.login().client("RETR a\r\nPWD\r\n");
        for (int i = 0; i < 40; i++) {
            dialogue.server("150 go\r\n");
        }
        Told told = play(dialogue.server("226 done\r\n257 \"/\"\r\n"));
        int codes = 0;
        for (Event event : told.events) {
            codes += ((List<?>) event.get(FtpEvents.COMPLETION_CODE)).size();
        }
        assertEquals(3 + 42, codes);
        assertEquals("PWD [257]", exchanges(told).get(told.events.size() - 1));
    }

    @Test
    void beyondTheBoundTheOldestIsToldAndTheRestStaysInStep() {
        Limits limits = Limits.USUAL.with(Bound.FTP_PENDING, 2);
        Told told = play(FtpDialogues.login()
                .limits(limits)
                .client("CWD a\r\nCWD b\r\nCWD c\r\n")
                .server("250 a\r\n250 b\r\n550 c\r\n"));
        assertEquals(
                List.of("CWD a", "[250]", "CWD b [250]", "CWD c [550]"),
                exchanges(told).subList(3, 7));
    }

    @Test
    void afterALossOfRepliesNothingIsMispaired() {
        Told told = play(FtpDialogues.gap());
        assertEquals(
                List.of("PASV", "LIST [150, 226]", "[227]", "NLST [150, 226]"),
                exchanges(told).subList(3, 7));
        assertNull(told.events.get(5).get(FtpEvents.SOLICITED));
    }

    @Test
    void joinedInMidstream() {
        Told told = play(new Dialogue()
                .midstream()
                .server("me of a list\r\n more of it\r\n227 Entering Passive Mode (198,51,100,21,4,51)\r\n")
                .client("RETR x\r\n")
                .server("150 go\r\n226 done\r\n227 Entering Passive Mode (198,51,100,21,4,52)\r\n"));
        assertEquals(List.of("[227]", "RETR x [150, 226]", "[227]"), exchanges(told));
        assertNull(told.events.get(0).get(FtpEvents.SOLICITED));
        assertNull(told.events.get(1).get(FtpEvents.LOGGED_IN));
        assertEquals(false, told.events.get(2).get(FtpEvents.SOLICITED));
        assertEquals(List.of(), told.evidence);
    }

    @Test
    void theFormOfTheLineCounts() {
        assertReason("bare-line-feed", "PORT 192,168,1,5,19,136\n");
        assertReason("unterminated", "PORT 192,168,1,5,19,136");
        assertReason("leading-blank", "PORT  192,168,1,5,19,136\r\n");
        assertReason("leading-bytes", " PORT 192,168,1,5,19,136\r\n");
        assertReason("telnet", "PO\u00ff\u00f1RT 192,168,1,5,19,136\r\n");
        assertReason("unreadable", "PORT 1234\r\n");
        assertReason(null, "port 192,168,1,5,19,136\r\n");
    }

    private static void assertReason(String expected, String line) {
        Event port = last(play(FtpDialogues.login().client(line)));
        assertEquals("PORT", port.text(FtpEvents.COMMAND));
        assertEquals(expected, port.text(FtpEvents.CANONICAL_REASON));
        assertEquals(expected == null, port.get(FtpEvents.CANONICAL));
    }

    @Test
    void telnetCommandsAreTakenOut() {
        assertEquals(
                List.of("PORT 192,168,1,5,19,136 [200]", "ABOR [226]", "CWD \\xff [250]"),
                exchanges(play(FtpDialogues.telnet())).subList(3, 6));
    }

    @Test
    void linesWithoutAnEndAtTheEnd() {
        assertEquals(
                List.of("[220]", "USER a [331]", "QUIT [221]"),
                exchanges(play(FtpDialogues.all().get("unterminated"))));
    }
}
