package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sandbar.capture.Captures;
import org.sandbar.capture.PacketBatch;
import org.sandbar.capture.PacketSource;
import org.sandbar.engine.BuiltIn;
import org.sandbar.engine.Correlator;
import org.sandbar.engine.Inline;
import org.sandbar.engine.ShardSettings;
import org.sandbar.output.EveSink;
import org.sandbar.trust.TrustClass;
import org.sandbar.verdict.Answer;
import org.sandbar.verdict.Decision;
import org.sandbar.verdict.Policy;

/** The samples, decided a packet at a time: what passes, with which marks, and for whom a way is opened. */
class InlineTest {
    private static final Set<String> UNTOLD = Set.of("stats");

    private final List<Decision> decisions = new ArrayList<>();
    private List<String> told;

    /** Decides all packets of a capture. */
    private Inline decide(Path capture, Map<TrustClass, Policy> policies) {
        Settings settings = new Settings();
        Knowledge knowledge = Knowledge.load(Knowledge.trust(settings), new RuleFiles().paths(), settings);
        ShardSettings stage1 =
                ShardSettings.USUAL.withPluginPorts(port -> knowledge.trust().rangeOf(port) != null);
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        EveSink sink = new EveSink(data, "memory", Set.of());
        Inline inline = new Inline(
                stage1,
                policies,
                false,
                List.of(sink),
                sinks -> new Correlator(
                        BuiltIn.PROTOCOLS,
                        knowledge.trust(),
                        knowledge.rules(),
                        stage1.limits(),
                        settings.site(),
                        sinks));
        decisions.clear();
        PacketBatch batch = new PacketBatch(1 << 20);
        try (PacketSource source = Captures.open(List.of(capture.toString()), InputStream.nullInputStream())) {
            while (source.read(batch)) {
                for (int i = 0; i < batch.count(); i++) {
                    decisions.add(inline.decide(
                            batch.buffer,
                            batch.offset[i],
                            batch.capturedLength[i],
                            batch.linkType[i],
                            batch.timeNs[i]));
                }
                batch.clear(1);
            }
        }
        inline.finish();
        sink.close();
        told = data.toString().lines().toList();
        return inline;
    }

    private Inline decide(String sample, Map<TrustClass, Policy> policies) {
        return decide(Run.SAMPLES.resolve(sample).resolve("input.pcap"), policies);
    }

    private static Map<TrustClass, Policy> stopping(TrustClass trustClass, Answer answer, String... protocols) {
        return Policy.with(Policy.USUAL, trustClass, new Policy(false, answer, Set.of(protocols)));
    }

    private long marked(int mask, int value) {
        return decisions.stream()
                .filter(decision -> (decision.mark() & mask) == value)
                .count();
    }

    /** What is told does not depend on who asks; and a way is opened for exactly what is told as legitimate, of FTP's trusted sessions. */
    @Test
    void tellsWhatReplayTells() throws IOException {
        try (Stream<Path> files = Files.walk(Run.SAMPLES)) {
            for (Path capture :
                    files.filter(file -> file.endsWith("input.pcap")).sorted().toList()) {
                Inline inline = decide(capture, Policy.USUAL);
                List<String> replayed = Run.of("replay", "-q", capture).lines().stream()
                        .filter(line -> !UNTOLD.contains(
                                Run.event(line).get("event_type").asText()))
                        .toList();
                assertEquals(String.join("\n", replayed), String.join("\n", told), capture.toString());
                assertEquals(legitimate(), inline.opened(), capture.toString());
                assertEquals(0, inline.dropped() + inline.rejected());
            }
        }
    }

    /** Those of flows that are taken for a desktop application's. */
    private long legitimate() {
        List<JsonNode> events = told.stream().map(Run::event).toList();
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
            Inline inline = decide(sample, Policy.USUAL);
            assertTrue(inline.used() > 0, sample);
            assertTrue(marked(Decision.EXPECTED, Decision.EXPECTED) > 0, sample);
            // The control channel comes first, and nobody has announced it.
            assertEquals(0, decisions.get(0).mark() & Decision.EXPECTED, sample);
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
            decide(sample, Policy.USUAL);
            assertEquals(0, marked(Decision.EXPECTED, Decision.EXPECTED), sample);
        }
        assertEquals(
                0,
                decide("ftp/active-lftp", stopping(TrustClass.TRUSTED, Answer.ACCEPT))
                        .opened());
    }

    @Test
    void byClassAndProtocol() throws IOException {
        Inline inline = decide("http/chromium-page", stopping(TrustClass.SANDBOXED, Answer.REJECT, "websocket"));
        assertTrue(marked(Decision.CLASS_MASK, Decision.SANDBOXED) > 0);
        assertTrue(inline.rejected() > 0);
        List<JsonNode> drops = told.stream()
                .map(Run::event)
                .filter(event -> event.get("event_type").asText().equals("drop"))
                .toList();
        assertEquals(1, drops.size(), "once a flow");
        told.forEach(new Eve()::check);
        assertEquals("policy", drops.get(0).at("/drop/reason").asText());
        assertEquals("reject", drops.get(0).at("/sandbar/drop/action").asText());
        assertEquals(
                0,
                decide("http/chromium-page", stopping(TrustClass.SANDBOXED, Answer.REJECT, "ftp"))
                        .rejected());
        assertTrue(decide("ftp/passive-curl", stopping(TrustClass.TRUSTED, Answer.DROP))
                        .dropped()
                > 0);
    }
}
