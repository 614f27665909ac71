package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real process watches a pair of interfaces in a namespace of its own. */
@Timeout(120)
class WatchTest {
    private static final Path PINHOLE = Run.SAMPLES.resolve("pinhole/form-post-used/input.pcap");
    private static final int PINHOLE_PACKETS = 25;
    private static final Pattern TIME = Pattern.compile("\"(timestamp|start|end)\":\"[^\"]*\"");

    @TempDir
    Path folder;

    private Namespace namespace;

    @BeforeEach
    void makeNamespace() throws IOException, InterruptedException {
        namespace = Namespace.make(folder);
    }

    @AfterEach
    void deleteNamespace() throws IOException, InterruptedException {
        if (namespace != null) {
            namespace.delete();
        }
    }

    private Program watch(String... more) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("watch", "-i", Namespace.WATCHED));
        arguments.addAll(List.of(more));
        Program program = Program.start(folder, namespace.in(Program.sandbar(arguments.toArray(String[]::new))));
        program.awaitMessage("sandbar: watching ");
        return program;
    }

    /** All samples over a wire, watched by Sandbar and recorded by tcpdump: the record tells the same. */
    @Test
    void saysWhatTheRecordedTrafficSays() throws IOException, InterruptedException {
        // Time passes on the wire and not in the record: a reset flow must not end in between.
        String[] settings = {"--set", "limits.closed-seconds=3600"};
        // What waits in the kernel when tcpdump stops it loses, so it takes each packet at once.
        Path record = folder.resolve("record.pcap");
        String live;
        try (Program watch = watch(settings);
                Program tcpdump = Program.start(
                        folder,
                        namespace.in(List.of(
                                "tcpdump",
                                "--immediate-mode",
                                "-i",
                                Namespace.WATCHED,
                                "-B",
                                "65536",
                                "-s",
                                "262144",
                                "-w",
                                record.toString(),
                                "-Z",
                                "root")))) {
            tcpdump.awaitMessage("listening on");
            Path[] samples = samples();
            assertTrue(samples.length > 50);
            namespace.send(3_000, samples);
            Thread.sleep(500);
            tcpdump.signal("INT");
            assertEquals(0, tcpdump.code());
            assertTrue(tcpdump.messages().contains("\n0 packets dropped by kernel"), tcpdump.messages());
            watch.signal("TERM");
            assertEquals(ExitCode.DONE, watch.code(), watch.messages());
            assertTrue(watch.messages().contains(" and dropped 0 of them"), watch.messages());
            live = watch.data();
        }
        Run replay = Run.of("replay", settings[0], settings[1], record);
        List<String> expected = comparable(replay.text());
        List<String> seen = comparable(live);
        for (int i = 0; i < Math.min(expected.size(), seen.size()); i++) {
            assertEquals(expected.get(i), seen.get(i));
        }
        assertEquals(expected.size(), seen.size());
    }

    /** Those that a wire carries as they are: Ethernet, in one section. */
    private static Path[] samples() throws IOException {
        List<Path> samples = new ArrayList<>();
        try (Stream<Path> all = Files.walk(Run.SAMPLES)) {
            for (Path path :
                    all.filter(path -> path.endsWith("input.pcap")).sorted().toList()) {
                byte[] bytes = Files.readAllBytes(path);
                if ((bytes[0] & 0xff) == 0xd4 && bytes[20] == 1 && bytes[21] == 0) {
                    samples.add(path);
                }
            }
        }
        return samples.toArray(Path[]::new);
    }

    /** All but what names the source, and when exactly: each has its own stamp of the same packet. */
    private static List<String> comparable(String events) {
        return events.lines()
                .filter(line -> !line.contains("\"event_type\":\"stats\""))
                .map(line -> TIME.matcher(line).replaceAll("\"$1\":\"\""))
                .toList();
    }

    @Test
    void findsWhatPasses() throws IOException, InterruptedException {
        try (Program watch = watch("--stats-interval", "1")) {
            namespace.send(1_000, PINHOLE);
            watch.awaitData("\"rule\":\"pinhole-used\"");
            watch.awaitData("\"kernel_packets\":" + PINHOLE_PACKETS);
            watch.signal("USR1");
            watch.awaitMessage(PINHOLE_PACKETS + " packets, ");
            watch.awaitMessage("4 alerts: ");
            watch.signal("INT");
            assertEquals(ExitCode.DONE, watch.code());
            assertTrue(watch.messages().contains("the kernel had 25 packets and dropped 0"), watch.messages());
        }
    }

    /** On a quiet interface the flows end nevertheless, and within seconds of their time. */
    @Test
    void timePassesWithoutPackets() throws IOException, InterruptedException {
        try (Program watch = watch(
                "--set",
                "limits.closed-seconds=1",
                "--set",
                "limits.tcp-idle-seconds=2",
                "--set",
                "limits.tcp-opening-seconds=2")) {
            namespace.send(1_000, PINHOLE);
            watch.awaitData("\"reason\":\"timeout\"");
        }
    }

    @Test
    void endsAfterSoManyPackets() throws IOException, InterruptedException {
        try (Program watch = watch("--max-packets", "10", "--immediate")) {
            namespace.send(1_000, PINHOLE);
            assertEquals(ExitCode.DONE, watch.code());
            assertTrue(watch.messages().contains("\n10 packets, "), watch.messages());
        }
    }

    @Test
    void whoeverReadsItMayHaveSeenEnough() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", "-o", "pipefail", "-c", "\"$@\" | head -n 1", "bash"));
        command.addAll(namespace.in(Program.sandbar("watch", "-i", Namespace.WATCHED, "--stats-interval", "1")));
        try (Program watch = Program.start(folder, command)) {
            assertEquals(ExitCode.DONE, watch.code(), watch.messages());
            assertEquals("sandbar: watching watched\n", watch.messages());
            assertEquals(1, watch.data().lines().count());
        }
    }

    @Test
    void endsAfterSoLong() throws IOException, InterruptedException {
        try (Program watch = watch("--duration", "1")) {
            assertEquals(ExitCode.DONE, watch.code());
            assertTrue(watch.data().contains("\"kernel_drops\":0"));
        }
    }

    @Test
    void theKernelAppliesTheFilter() throws IOException, InterruptedException {
        try (Program watch = watch("--immediate", "tcp", "port", "5000")) {
            namespace.send(1_000, PINHOLE);
            watch.signal("TERM");
            assertEquals(ExitCode.DONE, watch.code());
            Run replay = Run.of("replay", "-f", "tcp port 5000", PINHOLE);
            assertEquals(
                    replay.events("flow").size(),
                    watch.data()
                            .lines()
                            .filter(line -> line.contains("\"event_type\":\"flow\""))
                            .count());
        }
    }

    /** What alerted is in the file while it is watched; from a SIGHUP on, the rules are those that stand in the files by then. */
    @Test
    void keepsPacketsAndReadsRulesAnew() throws IOException, InterruptedException {
        Path rule = folder.resolve("rule.yaml");
        String text = Files.readString(Run.ROOT.resolve("rules/pinhole-used.yaml"));
        Files.writeString(rule, text.replace("name: pinhole-used", "name: used-before"));
        Path kept = folder.resolve("kept.pcapng");
        try (Program watch = watch("-S", rule.toString(), "-w", kept.toString())) {
            namespace.send(1_000, PINHOLE);
            watch.awaitData("\"rule\":\"used-before\"");
            watch.await("packets in the file", () -> kept.toFile().length() > 1_000);
            Files.writeString(rule, text.replace("name: pinhole-used", "name: used-after"));
            watch.signal("HUP");
            watch.awaitMessage("rules reloaded: 1 before, 1 now");
            namespace.send(1_000, Run.SAMPLES.resolve("pinhole/form-post-nat/input.pcap"));
            watch.awaitData("\"rule\":\"used-after\"");
            watch.signal("TERM");
            assertEquals(ExitCode.DONE, watch.code(), watch.messages());
            assertEquals(
                    count(watch.data(), "\"event_type\":\"alert\""),
                    Run.of("replay", "-S", rule, kept).events("alert").size());
        }
    }

    /**
     * A pipe that nobody reads for a while holds up neither packets nor other outputs, nor a file that is moved away meanwhile; and it gets
     * everything in the end.
     */
    @Test
    void aPipeThatNobodyReadsHoldsUpNothing() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        Path got = folder.resolve("got");
        Path file = folder.resolve("file");
        Path moved = folder.resolve("file.1");
        Program.run(folder, "mkfifo", pipe.toString());
        Path go = folder.resolve("go");
        String reader = "exec 3<" + pipe + "; until test -e " + go + "; do sleep 0.05; done; exec cat <&3 >" + got;
        String[] outputs = {"-o", "eve:" + pipe, "-o", "eve:" + file, "--set", "limits.closed-seconds=3600"};
        try (Program read = Program.start(folder, List.of("sh", "-c", reader));
                Program watch = watch(outputs)) {
            namespace.send(3_000, samples());
            watch.await("more than a pipe holds", () -> file.toFile().length() > 1 << 17);
            Files.move(file, moved);
            watch.signal("HUP");
            watch.await("new file", () -> Files.exists(file));
            namespace.send(1_000, PINHOLE);
            watch.await("last event", () -> text(file).contains("\"rule\":\"pinhole-used\""));
            assertEquals(0, got.toFile().length());
            Files.createFile(go);
            watch.signal("TERM");
            assertEquals(ExitCode.DONE, watch.code(), watch.messages());
            assertEquals(0, read.code());
            assertTrue(watch.messages().contains(" and dropped 0 of them"), watch.messages());
            assertEquals(text(moved) + text(file), text(got));
            Matcher counts = Pattern.compile(
                            Pattern.quote("eve:" + pipe) + ": (\\S+) queued, (\\S+) sent, 0 spilled, 0 dropped")
                    .matcher(watch.messages());
            assertTrue(counts.find(), watch.messages());
            assertEquals(counts.group(1), counts.group(2));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            throw new AssertionError(gone);
        }
    }

    /** Both ends of the wire at once: each packet twice, in order of time. */
    @ParameterizedTest
    @ValueSource(strings = {Namespace.SENDING, "any"})
    void watchesSeveralAtOnce(String other) throws IOException, InterruptedException {
        try (Program watch = watch("-i", other)) {
            namespace.send(200, PINHOLE);
            watch.signal("TERM");
            assertEquals(ExitCode.DONE, watch.code());
            int copies = other.equals("any") ? 3 : 2;
            assertTrue(watch.messages().contains("\n" + copies * PINHOLE_PACKETS + " packets, "), watch.messages());
            assertTrue(watch.data().contains("\"rule\":\"pinhole-used\""));
        }
    }

    @Test
    void anInterfaceGoesAndComesBack() throws IOException, InterruptedException {
        try (Program watch = watch()) {
            namespace.send(1_000, PINHOLE);
            namespace.ip("link", "set", Namespace.WATCHED, "down");
            watch.awaitMessage("watched is down; waiting until it is back");
            namespace.ip("link", "set", Namespace.WATCHED, "up");
            watch.awaitMessage("watched is back, and is watched again");
            namespace.send(1_000, PINHOLE);
            namespace.ip("link", "delete", Namespace.SENDING);
            watch.await("second absence", () -> count(watch.messages(), "is down") == 2);
            namespace.addPair();
            watch.await("second return", () -> count(watch.messages(), "is watched again") == 2);
            namespace.send(1_000, PINHOLE);
            watch.signal("TERM");
            assertEquals(ExitCode.DONE, watch.code());
            assertTrue(watch.messages().contains("\n75 packets, "), watch.messages());
            assertTrue(watch.messages().contains("the kernel had 75 packets"), watch.messages());
        }
    }

    private static int count(String text, String word) {
        return text.split(word, -1).length - 1;
    }

    @Test
    void listsInterfaces() throws IOException, InterruptedException {
        namespace.ip("address", "add", "192.0.2.1/24", "dev", Namespace.WATCHED);
        namespace.ip("link", "set", Namespace.SENDING, "down");
        try (Program program = Program.start(folder, namespace.in(Program.sandbar("interfaces", "--format", "json")))) {
            assertEquals(ExitCode.DONE, program.code());
            List<JsonNode> rows = program.data().lines().map(Run::event).toList();
            assertEquals(
                    List.of("lo", "sending", "watched", "any"),
                    rows.stream().map(row -> row.get("name").asText()).toList());
            JsonNode watched = rows.get(2);
            assertEquals("no-carrier", watched.get("state").asText());
            assertEquals("EN10MB", watched.get("link_type").asText());
            assertEquals("192.0.2.1", watched.get("addresses").get(0).asText());
            assertEquals("down", rows.get(1).get("state").asText());
            assertTrue(rows.get(1).get("link_type").isNull());
            assertEquals("", program.messages());
        }
    }
}
