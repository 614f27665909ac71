package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every line that is written is one that Suricata's consumers read. */
class EveSchemaTest {
    private static final String CONTROLS = "\0\u0001\u0007\b\t\u000b\f\u001b[2J\u001b]0;x\u0007\u007f\u009b31m";
    private static final String QUOTES = "\"\\\"},{\"event_type\":\"alert\"}\\u0022'`<script>&";
    private static final String BROKEN_UTF8 =
            "\u00c3(\u00a0\u00e2\u0082\u00f0\u0090\u00ed\u00a0\u0080\u00ff\u00fe\u00c0\u0080";

    private final Eve eve;

    EveSchemaTest() throws IOException {
        eve = new Eve();
    }

    @Test
    void ofTheSamples() {
        check(Run.of("replay", Run.SAMPLES));
    }

    @Test
    void ofTheCapturesOfOthers() {
        assumeTrue(Files.isDirectory(Run.SHARED.resolve("captures")));
        assumeTrue(eve.hasSchema());
        check(Run.of("replay", Run.SHARED.resolve("captures")));
    }

    private void check(Run run) {
        assertEquals(ExitCode.DONE, run.code(), run.messages());
        assertFalse(run.isDefective(), run.messages());
        assertFalse(run.lines().isEmpty());
        run.lines().forEach(eve::check);
    }

    @ParameterizedTest
    @ValueSource(strings = {CONTROLS, QUOTES, BROKEN_UTF8, "\u0001", "\"", "\u00ff", "a", "\r", "%n%s"})
    void ofHostileWords(String words) {
        String line = words.repeat(8_192 / words.length());
        for (Talk talk : new Talk[] {ftp(words, line), http(words, line), http(line, line), tls(line), ssh(words)}) {
            check(Run.with(talk.capture(), "replay", "-"));
            check(Run.with(
                    talk.capture(),
                    "replay",
                    "-",
                    "--set",
                    "limits.event-text-bytes=4096",
                    "--set",
                    "limits.ftp-reply-bytes=4096",
                    "--set",
                    "limits.ftp-replies=256"));
        }
    }

    private static Talk ftp(String words, String line) {
        return new Talk(21)
                .server("220-" + line + "\r\n" + words + "\r\n220 ready\r\n")
                .client("USER " + words + "\r\n")
                .server("331 " + line + "\r\n")
                .client("PASS " + words + "\r\n")
                .server("230-\r\n" + "x\r\n".repeat(3_000) + "230 in\r\n")
                .client("RETR " + line + "\r\n")
                .server(("150 " + words + "\r\n").repeat(200))
                .server("226 " + line + "\r\n")
                .client("PORT 10,0,0,1," + words + "\r\n")
                .server("200 " + words + "\r\n")
                .client("EPRT |1|" + line + "|21|\r\n")
                .server("501 " + line + "\r\n")
                .client("PASV\r\n")
                .server("227 " + line + "(1,2,3,4,5,6)\r\n")
                .client("QU" + words + "\r\n");
    }

    private static Talk http(String words, String line) {
        return new Talk(80)
                .client("GET /" + line + " HTTP/1.1\r\nHost: " + words + "\r\nHost: " + line + "\r\nUser-Agent: " + line
                        + "\r\nReferer: " + line + "\r\nOrigin: " + line + "\r\nUpgrade: " + line + "\r\n" + words
                        + ": " + words + "\r\n\r\n")
                .server("HTTP/1.1 1" + words + "\r\n\r\n")
                .server("HTTP/1.1 302 " + line + "\r\nLocation: " + line + "\r\nContent-Type: " + line
                        + "\r\nContent-Length: 0\r\n\r\n")
                .client("GET http://" + words + "/ HTTP/1.0\r\nHost: [" + words + "]:99999\r\n\r\n")
                .server("HTTP/1.1 " + line + "\r\n\r\n");
    }

    /** As many names as there is room for, and the longest. */
    private static Talk tls(String line) {
        String alpns = vector(1, line.substring(0, 255)).repeat(20);
        String extensions =
                "\0\0" + vector(2, vector(2, "\0" + vector(2, line))) + "\0\u0010" + vector(2, vector(2, alpns));
        String hello = "\3\3" + "r".repeat(32) + "\0" + vector(2, "\0\1".repeat(200)) + vector(1, "\0")
                + vector(2, extensions);
        return new Talk(443).client("\u0016\3\1" + vector(2, "\1" + vector(3, hello)));
    }

    private static String vector(int lengthBytes, String bytes) {
        StringBuilder vector = new StringBuilder();
        for (int at = lengthBytes - 1; at >= 0; at--) {
            vector.append((char) (bytes.length() >> 8 * at & 0xff));
        }
        return vector.append(bytes).toString();
    }

    private static Talk ssh(String words) {
        return new Talk(22)
                .client("SSH-2" + words.repeat(9) + "-" + words.repeat(30) + "\r\n")
                .server("SSH-2.0-" + words + "\n");
    }

    @Test
    void wordsCannotForgeALine() {
        Talk talk = new Talk(21)
                .server("220 ready\r\n")
                .client("USER x\n{\"event_type\":\"alert\"}\r\n")
                .server("331 \"}\r\n")
                .client("CWD \u001b[2Jx\u0085y\r\n");
        Run run = Run.with(talk.capture(), "replay", "-");
        assertTrue(run.events("alert").isEmpty());
        run.lines().forEach(eve::check);
    }
}
