package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The captures of other projects' test suites, read by tshark and by Sandbar: the same commands, replies, requests and statuses. */
class CapturesAgreeTest {
    private static final Path CAPTURES = Run.SHARED.resolve("captures");
    private static final int LONG_ROW = 60;
    private static final Duration HANG = Duration.ofSeconds(20);

    @TestFactory
    Stream<DynamicTest> withTshark() throws IOException {
        return captures(CAPTURES)
                .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                    List<String> expected = Files.readAllLines(Path.of(file + ".expect"));
                    List<String> told = rows(replay(file));
                    String difference = String.join("\n", difference(expected, told));
                    assertEquals(KnownDifferences.of(name(file)), difference, name(file) + "\n" + difference);
                }));
    }

    /** Every data connection that tshark finds is matched to the command that announced it, and no other one is. */
    @TestFactory
    Stream<DynamicTest> dataConnectionsOfTshark() throws IOException {
        return captures(CAPTURES.resolve("ftp"))
                .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                    Set<String> told = new TreeSet<>();
                    for (JsonNode event : replay(file).events("ftp_data")) {
                        JsonNode ftp = event.at("/sandbar/ftp");
                        if (ftp.path("bytes").asLong() > 0) {
                            assertTrue(event.at("/ftp_data/command").isTextual(), event.toString());
                            assertTrue(ftp.path("expected").asBoolean(), event.toString());
                            told.add(ends(
                                    event.get("src_ip"),
                                    event.get("src_port"),
                                    event.get("dest_ip"),
                                    event.get("dest_port")));
                        }
                    }
                    assertEquals(dataConnections(file), told);
                }));
    }

    private static String ends(JsonNode source, JsonNode sourcePort, JsonNode destination, JsonNode destinationPort) {
        return ends(source.asText() + ' ' + sourcePort.asText(), destination.asText() + ' ' + destinationPort.asText());
    }

    private static String ends(String one, String other) {
        return one.compareTo(other) < 0 ? one + " - " + other : other + " - " + one;
    }

    /** By tshark: the ends of each flow with a packet of FTP data. */
    private static Set<String> dataConnections(Path file) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("tshark", "-r", file.toString(), "-Y", "ftp-data", "-T", "fields"));
        for (String field : List.of("ip.src", "ipv6.src", "tcp.srcport", "ip.dst", "ipv6.dst", "tcp.dstport")) {
            command.add("-e");
            command.add(field);
        }
        Process tshark = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Set<String> found = new TreeSet<>();
        new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .forEach(line -> {
                    String[] cells = line.split("\t", -1);
                    found.add(ends(cells[0] + cells[1] + ' ' + cells[2], cells[3] + cells[4] + ' ' + cells[5]));
                });
        return found;
    }

    @TestFactory
    Stream<DynamicTest> kernelConversationsShowNoDefect() throws IOException {
        return captures(Run.SHARED.resolve("lab/kernel"))
                .map(file -> DynamicTest.dynamicTest(name(file), () -> replay(file)));
    }

    /** Where the kernel opened a hole for text in an HTTP request, that text is told. */
    @TestFactory
    Stream<DynamicTest> kernelTalkedIntoIt() throws IOException {
        return captures(Run.SHARED.resolve("lab/kernel"))
                .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                    JsonNode truth =
                            Run.event(Files.readString(Path.of(file.toString().replace(".pcap", ".json"))));
                    JsonNode first = truth.at("/scenario/talk/0/1");
                    String words = first.isArray() ? first.get(0).asText() : first.asText();
                    boolean opened = truth.get("holes").size() > 0;
                    if (words.startsWith("POST ") && opened) {
                        Set<String> rules = new TreeSet<>();
                        replay(file)
                                .events("alert")
                                .forEach(alert ->
                                        rules.add(alert.at("/sandbar/rule").asText()));
                        assertTrue(rules.contains("http-alg-token"), rules.toString());
                    }
                }));
    }

    private static Stream<Path> captures(Path folder) throws IOException {
        assumeTrue(Files.isDirectory(folder));
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".pcap")).sorted().toList().stream();
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".pcap", "");
    }

    private static Run replay(Path file) {
        Run run = Assertions.assertTimeoutPreemptively(HANG, () -> Run.of("replay", "--shards", 1, file));
        assertEquals(ExitCode.DONE, run.code(), run.messages());
        assertFalse(run.isDefective(), run.messages());
        return run;
    }

    /** What the events tell, as rows of the kind that stand in the expectations. */
    private static List<String> rows(Run run) {
        List<String> rows = new ArrayList<>();
        for (JsonNode event : run.events()) {
            switch (event.get("event_type").asText()) {
                case "ftp" -> addFtp(rows, event.get("ftp"));
                case "http" -> addHttp(rows, event);
                default -> {}
            }
        }
        return rows;
    }

    private static void addFtp(List<String> rows, JsonNode ftp) {
        if (ftp.has("command")) {
            rows.add(row(
                    "ftp-command",
                    ftp.path("command").asText(),
                    ftp.path("command_data").asText()));
        }
        for (JsonNode code : ftp.path("completion_code")) {
            rows.add(row("ftp-reply", code.asText()));
        }
    }

    private static void addHttp(List<String> rows, JsonNode event) {
        JsonNode http = event.get("http");
        if (http.has("http_method")) {
            String port = http.has("http_port") ? ":" + http.get("http_port").asText() : "";
            String host = http.path("hostname").asText() + port;
            rows.add(row(
                    "http-request",
                    http.get("http_method").asText(),
                    host,
                    http.path("url").asText()));
        }
        for (JsonNode status : event.path("sandbar").path("http").path("interim_status")) {
            rows.add(row("http-response", status.asText()));
        }
        for (String field : List.of("status", "status_string")) {
            if (http.has(field)) {
                rows.add(row("http-response", http.get(field).asText()));
            }
        }
    }

    private static String row(String... columns) {
        return String.join("\t", columns).stripTrailing();
    }

    /** For each kind of row: what Sandbar has more, what it has less, or that the order alone differs. */
    private static List<String> difference(List<String> expected, List<String> told) {
        Map<String, List<String>> ours = byKind(told);
        Map<String, List<String>> theirs = byKind(expected);
        List<String> difference = new ArrayList<>();
        TreeSet<String> kinds = new TreeSet<>(ours.keySet());
        kinds.addAll(theirs.keySet());
        for (String kind : kinds) {
            List<String> our = ours.getOrDefault(kind, List.of());
            List<String> their = theirs.getOrDefault(kind, List.of());
            if (!our.equals(their)) {
                List<String> more = without(our, their);
                List<String> less = without(their, our);
                addCounted(difference, "+ ", more);
                addCounted(difference, "- ", less);
                if (more.isEmpty() && less.isEmpty()) {
                    difference.add("order of " + kind);
                }
            }
        }
        return difference;
    }

    private static Map<String, List<String>> byKind(List<String> rows) {
        Map<String, List<String>> kinds = new LinkedHashMap<>();
        for (String row : rows) {
            String kind = row.split("\t", 2)[0];
            kinds.computeIfAbsent(kind, any -> new ArrayList<>()).add(visible(row));
        }
        return kinds;
    }

    /** Passwords are never written. */
    private static String visible(String row) {
        String shown = row.startsWith("ftp-command\tPASS\t") ? "ftp-command\tPASS" : row.stripTrailing();
        return shown.length() <= LONG_ROW
                ? shown
                : shown.substring(0, LONG_ROW) + " and " + (shown.length() - LONG_ROW) + " more";
    }

    private static void addCounted(List<String> difference, String sign, List<String> rows) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        rows.forEach(row -> counts.merge(row, 1, Integer::sum));
        counts.forEach((row, count) -> difference.add(sign + (count == 1 ? "" : count + " times ") + row));
    }

    private static List<String> without(List<String> rows, List<String> taken) {
        List<String> left = new ArrayList<>(rows);
        taken.forEach(left::remove);
        return left;
    }
}
