package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sandbar.capture.Captures;
import org.sandbar.capture.PacketBatch;
import org.sandbar.capture.PacketSource;
import org.sandbar.engine.Inline;
import org.sandbar.engine.ShardSettings;
import org.sandbar.output.EventSink;
import org.sandbar.output.Format;
import org.sandbar.trust.Owners;
import org.sandbar.trust.TrustClass;
import org.sandbar.verdict.Answer;
import org.sandbar.verdict.Decision;
import org.sandbar.verdict.Policy;

/** A capture decided a packet at a time, as guard does: what became of each packet, and what was told. */
record Inlined(Inline inline, List<Decision> decisions, List<String> lines) {
    /** Any rule, with one that stops sessions that ask for a passive connection, and one about flows that are stopped. */
    static final Path STOPPING = Run.ROOT.resolve("filter-cli/src/test/rules/stopping.yaml");

    /** By the shipped rules and these policies. */
    static Inlined of(String sample, Map<TrustClass, Policy> policies) {
        return of(Format.EVE, sample, policies, false);
    }

    static Inlined of(
            Format format, String sample, Map<TrustClass, Policy> policies, boolean simulated, Path... rules) {
        Settings settings = new Settings();
        List<Path> ruleFiles = new RuleFiles().paths();
        ruleFiles.addAll(List.of(rules));
        Knowledge knowledge = Knowledge.load(Knowledge.trust(settings), ruleFiles, settings);
        ShardSettings stage1 =
                ShardSettings.USUAL.withPluginPorts(port -> knowledge.trust().rangeOf(port) != null);
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        EventSink sink = format.sink(data, "memory", false, Set.of());
        Inline inline = new Inline(
                stage1, knowledge.correlatorSettings(Owners.NONE, settings), policies, simulated, null, List.of(sink));
        List<Decision> decisions = new ArrayList<>();
        Path capture = Run.SAMPLES.resolve(sample).resolve("input.pcap");
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
        return new Inlined(inline, decisions, data.toString().lines().toList());
    }

    /** Those usual but for one class. */
    static Map<TrustClass, Policy> stopping(TrustClass trustClass, Answer answer, String... protocols) {
        return Policy.with(Policy.USUAL, trustClass, new Policy(false, answer, Set.of(protocols)));
    }

    long marked(int mask, int value) {
        return decisions.stream()
                .filter(decision -> (decision.mark() & mask) == value)
                .count();
    }

    /** The events of this kind, of EVE. */
    List<JsonNode> events(String kind) {
        return lines.stream()
                .map(Run::event)
                .filter(event -> event.get("event_type").asText().equals(kind))
                .toList();
    }

    JsonNode only(String kind) {
        List<JsonNode> events = events(kind);
        assertEquals(1, events.size(), kind);
        return events.get(0);
    }
}
