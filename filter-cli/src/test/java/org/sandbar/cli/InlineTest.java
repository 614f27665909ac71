package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sandbar.output.Format;
import org.sandbar.trust.TrustClass;
import org.sandbar.verdict.Answer;
import org.sandbar.verdict.Decision;
import org.sandbar.verdict.Policy;

/** The samples, decided a packet at a time: what passes, with which marks, and for whom a way is opened. */
class InlineTest {
    private static final Set<String> UNTOLD = Set.of("stats");
    /** With a user's password, and EPSV. */
    private static final String SESSION = "ftp/cleartext-credentials";

    /** What is told does not depend on who asks; and a way is opened for exactly what is told as legitimate, of FTP's trusted sessions. */
    @Test
    void tellsWhatReplayTells() throws IOException {
        try (Stream<Path> files = Files.walk(Run.SAMPLES)) {
            for (Path capture :
                    files.filter(file -> file.endsWith("input.pcap")).sorted().toList()) {
                String sample = Run.SAMPLES.relativize(capture.getParent()).toString();
                Inlined run = Inlined.of(sample, Policy.USUAL);
                List<String> replayed = Run.of("replay", "-q", capture).lines().stream()
                        .filter(line -> !UNTOLD.contains(
                                Run.event(line).get("event_type").asText()))
                        .toList();
                assertEquals(String.join("\n", replayed), String.join("\n", run.lines()), sample);
                assertEquals(legitimate(run), run.inline().opened(), sample);
                assertEquals(0, run.inline().dropped() + run.inline().rejected());
            }
        }
    }

    /** Those of flows that are taken for a desktop application's. */
    private static long legitimate(Inlined run) {
        List<JsonNode> events = run.lines().stream().map(Run::event).toList();
        Set<Long> trusted = events.stream()
                .filter(event -> event.at("/sandbar/trust/class").asText().equals("trusted"))
                .map(event -> event.get("flow_id").asLong())
                .collect(Collectors.toSet());
        return events.stream()
                .filter(event -> event.get("event_type").asText().equals("pinhole"))
                .filter(event -> trusted.contains(event.get("flow_id").asLong()))
                .map(event -> event.at("/sandbar/pinhole"))
                .filter(hole -> hole.get("legitimate").asBoolean()
                        && !hole.path("used").asBoolean()
                        && hole.get("gateway").asText().equals("ftp"))
                .count();
    }

    @Test
    void aWayForTheDataConnectionAlone() {
        for (String sample :
                List.of("ftp/active-lftp", "ftp/passive-curl", "ftp/eprt-curl-ipv6", "ftp/epsv-lftp-ipv6")) {
            Inlined run = Inlined.of(sample, Policy.USUAL);
            assertTrue(run.inline().used() > 0, sample);
            assertTrue(run.marked(Decision.EXPECTED, Decision.EXPECTED) > 0, sample);
            // The control channel comes first, and nobody has announced it.
            assertEquals(0, run.decisions().get(0).mark() & Decision.EXPECTED, sample);
        }
    }

    @Test
    void noWayForAnybodyElse() {
        for (String sample : List.of(
                "ftp/bounce",
                "ftp/bounce-eprt",
                "ftp/on-4502",
                "ftp/privileged-port",
                "ftp/service-port",
                "ftp/unsolicited-passive",
                "ftp/passive-third-host",
                "plugin/ftp-port-on-4502",
                "pinhole/form-post-nat",
                "pinhole/form-post-used",
                "pinhole/slipstream-sip",
                "http/alg-token",
                "http/post-to-6667",
                "irc/dcc-pong")) {
            assertEquals(0, Inlined.of(sample, Policy.USUAL).marked(Decision.EXPECTED, Decision.EXPECTED), sample);
        }
        assertEquals(
                0,
                Inlined.of("ftp/active-lftp", Inlined.stopping(TrustClass.TRUSTED, Answer.ACCEPT))
                        .inline()
                        .opened());
    }

    @Test
    void byClassAndProtocol() throws IOException {
        Inlined run =
                Inlined.of("http/chromium-page", Inlined.stopping(TrustClass.SANDBOXED, Answer.REJECT, "websocket"));
        assertTrue(run.marked(Decision.CLASS_MASK, Decision.SANDBOXED) > 0);
        assertTrue(run.inline().rejected() > 0);
        JsonNode drop = run.only("drop");
        assertEquals("policy", drop.at("/drop/reason").asText());
        assertEquals("reject", drop.at("/sandbar/drop/action").asText());
        run.lines().forEach(new Eve()::check);
        for (JsonNode flow : run.events("flow")) {
            boolean stopped = flow.get("flow_id").equals(drop.get("flow_id"));
            assertEquals(stopped ? "drop" : "", flow.at("/flow/action").asText());
            assertEquals(stopped, flow.at("/sandbar/verdict/action").asText().equals("drop"));
        }
        assertEquals(
                0,
                Inlined.of("http/chromium-page", Inlined.stopping(TrustClass.SANDBOXED, Answer.REJECT, "ftp"))
                        .inline()
                        .rejected());
        assertTrue(Inlined.of("ftp/passive-curl", Inlined.stopping(TrustClass.TRUSTED, Answer.DROP))
                        .inline()
                        .dropped()
                > 0);
    }

    /** An alert says what became of its flow: blocked from the event on that stopped it, whichever rule it is of. */
    @Test
    void alertsSayWhetherTheirFlowIsStopped() throws IOException {
        Inlined run = Inlined.of(Format.EVE, SESSION, Policy.USUAL, false, Inlined.STOPPING);
        run.lines().forEach(new Eve()::check);
        assertEquals(
                List.of(
                        "ftp-cleartext-credentials allowed",
                        "beside blocked",
                        "stop-passive blocked",
                        "stopped blocked"),
                actions(run));
        assertEquals("stop-passive", run.only("drop").at("/sandbar/rule").asText());
        JsonNode control = run.events("flow").stream()
                .filter(flow -> flow.get("app_proto").asText().equals("ftp"))
                .findFirst()
                .orElseThrow();
        assertEquals("drop", control.at("/flow/action").asText());
        assertEquals("drop", control.at("/sandbar/verdict/action").asText());
    }

    @Test
    void wherePacketsPassAllTheSameTheyAreNotBlocked() {
        Inlined run = Inlined.of(Format.EVE, SESSION, Policy.USUAL, true, Inlined.STOPPING);
        assertTrue(actions(run).contains("stop-passive allowed"));
        assertTrue(actions(run).stream().noneMatch(action -> action.endsWith("blocked")));
        assertTrue(run.only("drop").at("/sandbar/drop/simulated").asBoolean());
        assertTrue(
                run.events("flow").stream().noneMatch(flow -> flow.at("/flow").has("action")));
    }

    private static List<String> actions(Inlined run) {
        return run.events("alert").stream()
                .map(alert -> alert.at("/sandbar/rule").asText() + " "
                        + alert.at("/alert/action").asText())
                .toList();
    }

    @Test
    void everyFormatHasAPlaceForIt() {
        assertEquals(
                "2 Denied 2 Blocked",
                words(
                        record(Format.OCSF, "/message", "Stop passive"),
                        "action_id",
                        "action",
                        "disposition_id",
                        "disposition"));
        assertEquals("2 Denied", words(record(Format.OCSF, "/unmapped/flow/action", "drop"), "action_id", "action"));
        JsonNode drop = record(Format.ECS, "/event/dataset", "sandbar.drop").get("event");
        assertEquals("reject success rules", words(drop, "action", "outcome", "reason"));
        assertEquals("[\"connection\",\"denied\"]", drop.get("type").toString());
        JsonNode flow = record(Format.ECS, "/sandbar/flow/action", "drop");
        assertEquals(
                "[\"connection\",\"end\",\"denied\"]", flow.at("/event/type").toString());
        assertEquals(
                3,
                Inlined.of(Format.TEXT, SESSION, Policy.USUAL, false, Inlined.STOPPING).lines().stream()
                        .filter(line -> line.contains("  [Drop] [**] "))
                        .count());
        for (Format format : List.of(Format.CEF, Format.LEEF)) {
            String key = format == Format.CEF ? " act=" : "\taction=";
            String lines = String.join(
                    "\n",
                    Inlined.of(format, SESSION, Policy.USUAL, false, Inlined.STOPPING)
                            .lines());
            assertEquals(4, lines.split(key + "blocked|" + key + "reject", -1).length - 1, lines);
            assertEquals(1, lines.split(key + "allowed", -1).length - 1, lines);
        }
    }

    private static JsonNode record(Format format, String pointer, String value) {
        return Inlined.of(format, SESSION, Policy.USUAL, false, Inlined.STOPPING).lines().stream()
                .map(Run::event)
                .filter(record -> record.at(pointer).asText().equals(value))
                .findFirst()
                .orElseThrow();
    }

    private static String words(JsonNode record, String... names) {
        return Stream.of(names).map(name -> record.path(name).asText()).collect(Collectors.joining(" "));
    }
}
