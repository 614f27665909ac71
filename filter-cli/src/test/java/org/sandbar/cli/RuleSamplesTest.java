package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sandbar.bytes.Limits;
import org.sandbar.engine.BuiltIn;
import org.sandbar.output.EveSink;
import org.sandbar.rule.Rule;
import org.sandbar.rule.RuleBook;
import org.sandbar.rule.Tuning;
import org.sandbar.yaml.Fault;

/** {@code rules test}: each shipped rule is held by its samples, and a user can write such for his own. */
class RuleSamplesTest {
    private static final Path SHIPPED = Run.ROOT.resolve("rules");
    private static final String MINE = """
            title: FTP of the lab on a plugin's port
            id: 0f0e0d0c-0b0a-4908-8706-050403020100
            name: ftp-of-the-lab
            level: low
            logsource: {product: sandbar, service: ftp}
            detection:
              lab: {src_ip|cidr: 192.168.1.0/24, ftp.command: RETR}
              condition: lab
            sandbar:
              sid: 1
            """;

    @TempDir
    Path folder;

    @Test
    void theShippedRulesPass() {
        assertPassing(Run.of("rules", "test", "--format", "json"));
    }

    @Test
    void theExamplesPass() {
        assertPassing(Run.of("rules", "test", Run.ROOT.resolve("docs/examples"), "--format", "json"));
    }

    private static void assertPassing(Run run) {
        assertEquals(ExitCode.DONE, run.code(), run.messages());
        for (JsonNode outcome : run.events()) {
            assertEquals("passed", outcome.get("result").asText(), outcome.toString());
        }
    }

    /** A condition that says the opposite is found out, for every rule: no test passes whatever the rule says. */
    @Test
    void negatedRulesFail() throws IOException {
        Set<String> all = new TreeSet<>();
        Run.of("rules", "list", "--format", "json")
                .events()
                .forEach(rule -> all.add(rule.get("name").asText()));
        assertEquals(all, failing("\n  condition: (.+)", "\n  condition: not ($1)"));
    }

    /** A correlation counts what other rules match, so these stay as they are here. */
    @Test
    void negatedCorrelationsFail() throws IOException {
        assertEquals(Set.of("ftp-port-scan"), failing("gte: (\\d+)", "lt: $1"));
    }

    /** The shipped rules, each changed so, in a folder of their own beside the samples; the names of those whose tests fail. */
    private Set<String> failing(String was, String is) throws IOException {
        Path changed = Files.createDirectory(folder.resolve("rules"));
        Files.createSymbolicLink(folder.resolve("samples-pcap"), Run.SAMPLES);
        try (Stream<Path> files = Files.list(SHIPPED)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                boolean correlation = text.contains("\ncorrelation:");
                boolean meant = correlation == was.startsWith("gte");
                Files.writeString(changed.resolve(file.getFileName()), meant ? text.replaceAll(was, is) : text);
            }
        }
        Run run = Run.of("rules", "test", "-S", changed, "--format", "json");
        assertEquals(ExitCode.FAILED, run.code(), run.messages());
        Set<String> failing = new TreeSet<>();
        for (JsonNode outcome : run.events()) {
            if (outcome.get("result").asText().equals("failed")) {
                failing.add(outcome.get("rule").asText());
            }
        }
        return failing;
    }

    private Path mine(String tests) throws IOException {
        return Files.writeString(folder.resolve("mine.yaml"), MINE + tests);
    }

    @Test
    void aUsersOwn() throws IOException {
        Files.copy(Run.SAMPLES.resolve("ftp/passive-curl/input.pcap"), folder.resolve("curl.pcap"));
        Files.copy(Run.SAMPLES.resolve("ftp/passive-curl/expect.ndjson"), folder.resolve("curl.ndjson"));
        Path rule = mine("  tests:\n    matches: [curl.pcap, curl.ndjson]\n    ignores:\n"
                + "      - {\"event_type\":\"ftp\",\"src_ip\":\"192.168.1.5\",\"ftp\":{\"command\":\"STOR\"}}\n"
                + "      - {event_type: ftp, src_ip: 10.0.0.1, ftp: {command: RETR}}\n");
        Run run = Run.of("rules", "test", rule);
        assertEquals("", run.text());
        assertEquals("1 rule: 1 passed, 0 failed, 0 without samples\n", run.messages());
        assertEquals(ExitCode.DONE, run.code());
    }

    @Test
    void saysWhatFails() throws IOException {
        Path rule = mine("  tests:\n    matches:\n      - {event_type: ftp, ftp: {command: RETR}}\n"
                + "      - missing.pcap\n    ignores:\n"
                + "      - {event_type: ftp, src_ip: 192.168.1.5, ftp: {command: RETR}}\n");
        Run run = Run.of("rules", "test", rule);
        assertEquals(ExitCode.FAILED, run.code());
        assertEquals(
                "failed: " + rule + ":13: ftp-of-the-lab should match the ftp event in line 13\n"
                        + "failed: " + rule + ":14: " + folder.toRealPath().resolve("missing.pcap")
                        + ":1:1: error: no such file\n"
                        + "failed: " + rule + ":16: ftp-of-the-lab should ignore the ftp event in line 16\n",
                run.text());
    }

    @Test
    void saysWhichRuleHasNone() throws IOException {
        Run run = Run.of("rules", "test", mine(""));
        assertEquals(ExitCode.DONE, run.code());
        assertEquals("untested: ftp-of-the-lab names no sample that it matches, nor that it ignores\n", run.text());
    }

    /** What is read back from a line is written as that line again, but for what a line alone does not tell. */
    @Test
    void eventsAreReadBackAsTheyWereWritten() throws IOException {
        RuleBook book = RuleBook.read(List.of(SHIPPED), BuiltIn.kinds(), Limits.USUAL, Tuning.NONE);
        Rule rule = book.rules().rules().get(0);
        try (Stream<Path> files = Files.walk(Run.SAMPLES, 3)) {
            for (Path file :
                    files.filter(path -> path.endsWith("expect.ndjson")).toList()) {
                List<Fault> faults = new ArrayList<>();
                ByteArrayOutputStream written = new ByteArrayOutputStream();
                EveSink sink = new EveSink(written, "memory", Set.of());
                Path events = Files.writeString(folder.resolve("events.ndjson"), lines(file));
                book.events(rule, events, faults).forEach(sink::event);
                sink.close();
                assertEquals(List.of(), faults, file.toString());
                assertEquals(lines(file), written.toString(StandardCharsets.UTF_8), file.toString());
            }
        }
    }

    private static String lines(Path file) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String line : Files.readAllLines(file)) {
            if (!line.contains("\"event_type\":\"alert\"") && !line.contains("\"event_type\":\"stats\"")) {
                lines.append(line).append('\n');
            }
        }
        return lines.toString();
    }
}
