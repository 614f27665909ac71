package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which holes are legitimate, and why the others are not. */
class PinholeTest {
    private static Talk session() {
        return session(21);
    }

    private static Talk session(int port) {
        return new Talk(port)
                .server("220 ready\r\n")
                .client("USER alice\r\n")
                .server("331 password\r\n")
                .client("PASS x\r\n")
                .server("230 in\r\n");
    }

    /** Each hole: its endpoint, and the reasons; before it the rules that fired on it. */
    private static List<String> told(Talk talk, Object... options) {
        List<Object> words = new ArrayList<>(List.of("replay", "-q"));
        words.addAll(List.of(options));
        words.add("-");
        Run run = Run.with(talk.capture(), words.toArray());
        assertEquals(ExitCode.DONE, run.code(), run.messages());
        List<String> told = new ArrayList<>();
        for (JsonNode event : run.events()) {
            JsonNode hole = event.at("/sandbar/pinhole");
            if (event.get("event_type").asText().equals("pinhole")) {
                assertEquals(hole.get("legitimate").asBoolean(), !hole.has("reasons"), event.toString());
                told.add(hole.get("to_ip").asText()
                        + ':'
                        + hole.get("to_port").asInt()
                        + (hole.has("reasons") ? " " + hole.get("reasons") : ""));
            } else if (event.get("event_type").asText().equals("alert") && !hole.isMissingNode()) {
                told.add(event.at("/sandbar/rule").asText());
            }
        }
        return told;
    }

    @Test
    void whatWasAskedForAndAgreedTo() {
        assertEquals(
                List.of("192.168.1.5:5000"),
                told(session().client("PORT 192,168,1,5,19,136\r\n").server("200 ok\r\n")));
        assertEquals(
                List.of("198.51.100.21:50000"),
                told(session().client("PASV\r\n").server("227 entering (198,51,100,21,195,80)\r\n")));
    }

    @Test
    void whatTheOtherSideDidNotAgreeTo() {
        assertEquals(
                List.of("192.168.1.5:5000 [\"refused\"]"),
                told(session().client("PORT 192,168,1,5,19,136\r\n").server("500 no\r\n")));
        // Servers refuse what lawful clients ask for, and whether this one would have agreed is not known.
        assertEquals(
                List.of("192.168.1.5:5000 [\"not-answered\"]"), told(session().client("PORT 192,168,1,5,19,136\r\n")));
    }

    @Test
    void whatNobodyAskedFor() {
        assertEquals(
                List.of("pinhole-illegitimate", "198.51.100.21:50000 [\"no-command\"]"),
                told(session().server("227 entering (198,51,100,21,195,80)\r\n")));
    }

    @Test
    void aServicesPort() {
        assertEquals(
                List.of("pinhole-illegitimate", "192.168.1.5:22 [\"service-port\"]"),
                told(session().client("PORT 192,168,1,5,0,22\r\n").server("200 ok\r\n")));
        assertEquals(
                List.of("pinhole-illegitimate", "192.168.1.5:6379 [\"service-port\"]"),
                told(session().client("PORT 192,168,1,5,24,235\r\n").server("200 ok\r\n")));
    }

    @Test
    void anotherProtocol() {
        List<String> told = told(new Talk(21)
                .client("POST / HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 100\r\n\r\n" + "x".repeat(20)
                        + "\r\n")
                .client("PORT 192,168,1,5,19,136\r\n"));
        assertEquals(List.of("pinhole-illegitimate", "192.168.1.5:5000 [\"other-protocol\",\"no-command\"]"), told);
    }

    @Test
    void sandboxedContentWhereAFilterIsArmed() {
        List<String> told = told(
                session(4502).client("PORT 192,168,1,5,19,136\r\n").server("200 ok\r\n"),
                "--set",
                "alg.linux.ftp=21,4502",
                "--set",
                "weights.ftp-login=0");
        assertEquals(List.of("pinhole-illegitimate", "192.168.1.5:5000 [\"sandboxed\"]"), told);
        assertEquals(
                List.of(),
                told(session(4502).client("PORT 192,168,1,5,19,136\r\n").server("200 ok\r\n")));
    }

    @Test
    void theTableAtTheEnd() {
        Run run = Run.with(
                session()
                        .client("PORT 192,168,1,5,19,136\r\n")
                        .server("200 ok\r\n")
                        .capture(),
                "replay",
                "-");
        assertTrue(
                run.messages().contains("holes that active filters would open: 1 legitimate, 0 not, 0 used"),
                run.messages());
        assertEquals(
                1,
                run.events("stats")
                        .get(0)
                        .at("/sandbar/stats/pinholes/legitimate")
                        .asInt());
        Run alone = Run.with(
                session()
                        .client("PORT 192,168,1,5,19,136\r\n")
                        .server("200 ok\r\n")
                        .capture(),
                "replay",
                "-q",
                "--events",
                "pinhole",
                "-");
        assertEquals(1, alone.lines().size());
    }
}
