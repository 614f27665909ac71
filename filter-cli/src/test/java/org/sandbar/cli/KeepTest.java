package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.sandbar.bytes.Limits;
import org.sandbar.capture.Captures;
import org.sandbar.capture.NetworkInterface;
import org.sandbar.capture.PacketBatch;
import org.sandbar.capture.PacketSource;
import org.sandbar.capture.PcapngWriter;
import org.sandbar.engine.Correlator;
import org.sandbar.engine.Pipeline;
import org.sandbar.engine.ShardSettings;
import org.sandbar.output.PacketFiles;
import org.sandbar.output.PacketKeeper;
import org.sandbar.output.Rotation;
import org.sandbar.rule.RuleSet;
import org.sandbar.trust.Owners;
import org.sandbar.trust.TrustTable;

/** {@code -w}: the packets of flows that alerted, as they were, with the alerts as comments. */
class KeepTest {
    /** Their rules speak, or keep silent, for what other flows said before: DNS answers, policies, announcements, the other leg. */
    private static final Set<String> NEED_OTHER_FLOWS = Set.of(
            "ftp/data-hijack",
            "http/dns-rebinding",
            "http/forbidden-header",
            "http/host-address-mismatch",
            "plugin/ftp-port-on-4502",
            "plugin/http-on-4510",
            "plugin/masked",
            "plugin/outside-grant",
            "plugin/outside-range",
            "plugin/policy-refused",
            "plugin/redirector",
            "plugin/tls-on-4510");

    private static final String REQUEST = "GET / HTTP/1.1\r\n\r\n";

    @TempDir
    Path folder;

    /** A packet by value. */
    private record Kept(long timeNs, int wireLength, NetworkInterface seenOn, ByteBuffer bytes) {}

    private static List<Kept> packets(Path... files) {
        List<Kept> packets = new ArrayList<>();
        for (Path file : files) {
            try (PacketSource source = Captures.open(List.of(file.toString()), InputStream.nullInputStream())) {
                PacketBatch batch = new PacketBatch(1 << 20);
                for (batch.clear(1); source.read(batch); batch.clear(1)) {
                    for (int i = 0; i < batch.count(); i++) {
                        int from = batch.offset[i];
                        byte[] bytes = Arrays.copyOfRange(batch.buffer, from, from + batch.capturedLength[i]);
                        packets.add(new Kept(
                                batch.timeNs[i], batch.wireLength[i], batch.seenOn[i], ByteBuffer.wrap(bytes)));
                    }
                }
            }
        }
        return packets;
    }

    /** What is the same whatever else stands in a capture. */
    private static String brief(JsonNode alert) {
        return alert.get("timestamp").asText()
                + ' '
                + alert.at("/sandbar/rule").asText()
                + ' '
                + alert.get("src_ip").asText()
                + ':'
                + alert.path("src_port").asText()
                + ' '
                + alert.get("dest_ip").asText()
                + ':'
                + alert.path("dest_port").asText();
    }

    private static List<String> briefs(Run run) {
        assertEquals("", run.messages());
        assertEquals(ExitCode.DONE, run.code());
        return run.events("alert").stream().map(KeepTest::brief).toList();
    }

    @TestFactory
    Stream<DynamicTest> raisesTheSameAlertsAgain() throws IOException {
        try (Stream<Path> files = Files.walk(Run.SAMPLES, 3)) {
            List<Path> inputs =
                    files.filter(file -> file.endsWith("input.pcap")).sorted().toList();
            return inputs.stream()
                    .map(input -> DynamicTest.dynamicTest(name(input), () -> raisesTheSameAlertsAgain(input)));
        }
    }

    private static String name(Path input) {
        return Run.SAMPLES.relativize(input.getParent()).toString();
    }

    private void raisesTheSameAlertsAgain(Path input) {
        Path file = folder.resolve("kept.pcapng");
        List<String> alerts = briefs(Run.of("replay", "-q", input, "-w", file));
        List<Kept> all = packets(input);
        int at = 0;
        for (Kept packet : packets(file)) {
            while (at < all.size() && !all.get(at).equals(packet)) {
                at++;
            }
            assertTrue(at++ < all.size(), "a packet that was not there, or not there any more: " + packet);
        }
        if (alerts.isEmpty()) {
            assertEquals(0, packets(file).size());
        }
        boolean same = alerts.equals(briefs(Run.of("replay", "-q", file)));
        assertEquals(!NEED_OTHER_FLOWS.contains(name(input)), same);
    }

    @Test
    void eachAlertIsAComment() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/tshark")), "tshark is not installed");
        Path file = folder.resolve("kept.pcapng");
        List<String> expected = new ArrayList<>();
        for (JsonNode event : Run.of("replay", "-q", Run.SAMPLES, "-w", file).events("alert")) {
            JsonNode alert = event.get("alert");
            expected.add(event.at("/sandbar/rule").asText() + " [4502:"
                    + alert.get("signature_id").asText() + ":"
                    + alert.get("rev").asText() + "] flow "
                    + event.get("flow_id").asText() + ": "
                    + alert.get("signature").asText());
        }
        List<String> comments = new ArrayList<>();
        tool("tshark", "-n", "-r", file.toString(), "-T", "fields", "-E", "aggregator=|", "-e", "frame.comment")
                .forEach(line -> comments.addAll(List.of(line.split("\\|"))));
        comments.removeIf(String::isEmpty);
        comments.replaceAll(comment -> comment.replaceFirst("] (informational|low|medium|high|critical), ", "] "));
        expected.sort(null);
        comments.sort(null);
        assertEquals(expected, comments);
    }

    /** Several alerts on a packet are several comments, and nothing in a rule's title makes one of them look like two. */
    @Test
    void commentsStayOneLineEach() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/tshark")), "tshark is not installed");
        String rule = Files.readString(Run.ROOT.resolve("rules/http-host-missing.yaml"));
        String other = rule.replaceFirst("(?m)^title: .*", "title: \"two\\\\nlines \\\\e[31m ü\"")
                .replaceFirst("(?m)^name: .*", "name: my-rule")
                .replaceFirst("(?m)^id: .*", "id: 6a4b0a52-32d5-4d8f-9a40-7a86b5b4d001")
                .replaceFirst("(?m)sid: .*", "sid: 1000001");
        Path added = Files.writeString(folder.resolve("my-rule.yaml"), other);
        Path input = file("talk.pcap", new Talk(80).client(REQUEST).server("HTTP/1.1 204 No Content\r\n\r\n"));
        kept(input, "-s", added);
        List<String> lines = tool(
                "tshark",
                "-n",
                "-r",
                folder.resolve("kept.pcapng").toString(),
                "-T",
                "fields",
                "-E",
                "aggregator=|",
                "-e",
                "frame.comment");
        String last = lines.get(lines.size() - 1).replaceAll("flow \\d+", "flow N");
        assertEquals(
                "my-rule [4502:1000001:1] low, flow N: two lines  [31m ü|http-host-missing [4502:4502005:1] low, flow N:"
                        + " HTTP/1.1 request without Host",
                last);
    }

    private static List<String> tool(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    /** Neither the number of shards shows, nor how many packets are looked at together, nor how many are remembered, if these suffice. */
    @Test
    void theFileIsTheSameHoweverItCameAbout() throws IOException {
        byte[] one = kept(Run.SAMPLES, "--shards", 1);
        assertArrayEquals(one, kept(Run.SAMPLES, "--shards", 2));
        assertArrayEquals(one, kept(Run.SAMPLES, "--shards", 4));
        assertArrayEquals(one, kept(Run.SAMPLES, "--shards", 3, "--set", "limits.batch-bytes=131072"));
        assertArrayEquals(one, kept(Run.SAMPLES, "--set", "limits.kept-bytes=1073741824"));
    }

    @Test
    void forCapturesOfOthersToo() throws IOException {
        Path captures = Run.SHARED.resolve("captures");
        assumeTrue(Files.isDirectory(captures));
        Object[] little = {"--set", "limits.kept-bytes=1048576", "--shards", 1};
        byte[] one = kept(captures, little);
        for (int shards : new int[] {2, 4}) {
            little[3] = shards;
            assertArrayEquals(one, kept(captures, little));
        }
    }

    private byte[] kept(Path captures, Object... options) throws IOException {
        Path file = folder.resolve("kept.pcapng");
        List<Object> words = new ArrayList<>(List.of("replay", "-q", "-o", "text:/dev/null", captures, "-w", file));
        words.addAll(List.of(options));
        Run.of(words.toArray());
        return Files.readAllBytes(file);
    }

    private Path file(String name, Talk talk) throws IOException {
        return Files.write(folder.resolve(name), talk.capture());
    }

    /** A response of so many packets with the largest bodies. */
    private static String megabytes(int count) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + count * 1_000_000 + "\r\n\r\n" + "x".repeat(count * 1_000_000);
    }

    @Test
    void whatWasForgottenWhenTheFlowAlertedIsNotKept() throws IOException {
        Talk talk = new Talk(80)
                .client("GET / HTTP/1.1\r\nHost: 198.51.100.21\r\n\r\n")
                .server(megabytes(3));
        Path input = file("late.pcap", talk.client(REQUEST).server(megabytes(3)));
        List<Kept> all = packets(input);
        kept(input);
        assertEquals(all.size(), packets(folder.resolve("kept.pcapng")).size());
        kept(input, "--set", "limits.kept-bytes=1048576");
        List<Kept> some = packets(folder.resolve("kept.pcapng"));
        int missing = all.size() - some.size();
        assertTrue(missing > 1_400 && missing < 2_200, missing + " of " + all.size());
        assertEquals(bytes(all.subList(missing, all.size())), bytes(some));
    }

    private static List<ByteBuffer> bytes(List<Kept> packets) {
        return packets.stream().map(Kept::bytes).toList();
    }

    @Test
    void fragmentsOfADatagramBelongToItsFlow() throws IOException {
        List<ByteBuffer> fragments = new ArrayList<>();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NetworkInterface seenOn = new NetworkInterface("lab0", 101, 0);
        try (PcapngWriter writer = new PcapngWriter(out, "test")) {
            int id = 1;
            for (Kept packet : packets(file("whole.pcap", new Talk(80).client(REQUEST + "x".repeat(500))))) {
                for (byte[] fragment : fragments(packet.bytes.array(), id++)) {
                    fragments.add(ByteBuffer.wrap(fragment));
                    writer.packet(fragment, 0, fragment.length, fragment.length, packet.timeNs, seenOn, List.of());
                }
                // Nobody's: the rest of it never comes.
                byte[] lone = fragments(packet.bytes.array(), id++).get(0);
                writer.packet(lone, 0, lone.length, lone.length, packet.timeNs, seenOn, List.of());
            }
        }
        kept(Files.write(folder.resolve("fragments.pcapng"), out.toByteArray()), "--shards", 3);
        List<Kept> kept = packets(folder.resolve("kept.pcapng"));
        assertEquals(fragments, bytes(kept));
        assertEquals(seenOn, kept.get(0).seenOn);
    }

    /** An IPv4 packet without options as two fragments, every other time the later one first. */
    private static List<byte[]> fragments(byte[] packet, int id) {
        int header = 20;
        int blocks = 2;
        int cut = header + 8 * blocks;
        byte[] first = Arrays.copyOf(packet, cut);
        byte[] last = Arrays.copyOf(packet, header + packet.length - cut);
        System.arraycopy(packet, cut, last, header, packet.length - cut);
        ByteBuffer.wrap(first)
                .putShort(2, (short) first.length)
                .putShort(4, (short) id)
                .putShort(6, (short) 0x2000);
        ByteBuffer.wrap(last)
                .putShort(2, (short) last.length)
                .putShort(4, (short) id)
                .putShort(6, (short) blocks);
        return id / 2 % 2 == 0 ? List.of(last, first) : List.of(first, last);
    }

    /** Two interfaces, of two link types, one of which cuts packets. */
    @Test
    void interfacesAndLengthsStayWhatTheyAre() throws IOException {
        NetworkInterface raw = new NetworkInterface("tun0", 101, 0);
        NetworkInterface ipv4 = new NetworkInterface("cut, 日本", 228, 600);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PcapngWriter writer = new PcapngWriter(out, "test")) {
            int number = 0;
            for (Kept packet :
                    packets(file("talk.pcap", new Talk(80).client(REQUEST).server(megabytes(1))))) {
                NetworkInterface seenOn = number++ % 2 == 0 ? raw : ipv4;
                int captured = seenOn == raw ? packet.wireLength : Math.min(packet.wireLength, 600);
                byte[] bytes = packet.bytes.array();
                writer.packet(bytes, 0, captured, bytes.length, packet.timeNs + number, seenOn, List.of());
            }
        }
        Path input = Files.write(folder.resolve("two.pcapng"), out.toByteArray());
        kept(input);
        assertEquals(packets(input), packets(folder.resolve("kept.pcapng")));
    }

    @Test
    void filesRotateBySize() throws IOException {
        Path input = file("long.pcap", new Talk(80).client(REQUEST).server(megabytes(5)));
        Path file = folder.resolve("some.kept.pcapng");
        Object[] words = {"replay", "-q", "-o", "text:/dev/null", input, "-w", file, "--keep-size", 2};
        assertEquals("", Run.of(words).messages());
        List<Path> files = numbered("some.kept-");
        assertEquals(
                List.of("some.kept-00001.pcapng", "some.kept-00002.pcapng", "some.kept-00003.pcapng"), names(files));
        for (Path one : files) {
            assertTrue(Files.size(one) < 2_002_000, one + " " + Files.size(one));
        }
        assertEquals(packets(input), packets(files.toArray(Path[]::new)));

        Object[] bounded = Arrays.copyOf(words, words.length + 2);
        bounded[words.length] = "--keep-files";
        bounded[words.length + 1] = 4;
        assertEquals("", Run.of(bounded).messages());
        assertEquals(
                List.of(
                        "some.kept-00003.pcapng",
                        "some.kept-00004.pcapng",
                        "some.kept-00005.pcapng",
                        "some.kept-00006.pcapng"),
                names(numbered("some.kept-")));
    }

    @Test
    void filesRotateByTime() throws IOException {
        Path file = folder.resolve("kept");
        Run.of("replay", "-q", "-o", "text:/dev/null", Run.SAMPLES, "-w", file, "--keep-seconds", 10);
        List<Path> files = numbered("kept-");
        assertTrue(files.size() > 10);
        for (Path one : files) {
            List<Kept> packets = packets(one);
            long first = packets.get(0).timeNs;
            packets.forEach(packet -> assertTrue(packet.timeNs < first + 10_000_000_000L, one.toString()));
        }
        kept(Run.SAMPLES);
        assertEquals(packets(folder.resolve("kept.pcapng")), packets(files.toArray(Path[]::new)));
    }

    private List<Path> numbered(String start) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(start))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> names(List<Path> files) {
        return files.stream().map(file -> file.getFileName().toString()).toList();
    }

    /** As when an interface is watched: after each flush the file holds what is decided, nothing twice, each flow in its order. */
    @Test
    void whatIsDecidedIsInTheFileAfterAFlush() throws IOException {
        kept(Run.SAMPLES);
        List<Kept> whole = packets(folder.resolve("kept.pcapng"));
        Path file = folder.resolve("flushed.pcapng");
        Settings settings = new Settings();
        TrustTable trust = Knowledge.trust(settings);
        RuleSet rules = Knowledge.rules(new RuleFiles().paths(), settings);
        PacketKeeper keeper = new PacketKeeper(new PacketFiles(file, Rotation.NONE), Limits.USUAL, Assertions::fail);
        keeper.open();
        Correlator correlator =
                new Correlator(new Knowledge(trust, rules).correlatorSettings(Owners.NONE, settings), List.of(keeper));
        ShardSettings stage1 = ShardSettings.USUAL.withPluginPorts(port -> trust.rangeOf(port) != null);
        List<Integer> sizes = new ArrayList<>();
        try (PacketSource source = Captures.open(List.of(Run.SAMPLES.toString()), InputStream.nullInputStream())) {
            Pipeline pipeline = new Pipeline(source, 2, stage1, keeper);
            pipeline.start();
            pipeline.run(correlator, (bytes, read) -> {
                correlator.flush();
                sizes.add(packets(file).size());
            });
        }
        keeper.close();
        List<Kept> flushed = packets(file);
        assertTrue(sizes.get(sizes.size() / 2) > whole.size() / 4, sizes.toString());
        assertEquals(counts(whole), counts(flushed));
        assertEquals(ExitCode.DONE, Run.of("replay", "-q", file).code());
    }

    private static Map<Kept, Long> counts(List<Kept> packets) {
        return packets.stream().collect(Collectors.groupingBy(packet -> packet, Collectors.counting()));
    }

    /** A full disk costs the packets, which is said, and nothing else. */
    @Test
    void aFullDiskEndsKeepingAlone() {
        assumeTrue(Files.exists(Path.of("/dev/full")));
        Run without = Run.of("replay", "-q", Run.SAMPLES);
        Run run = Run.of("replay", "-q", Run.SAMPLES, "-w", "/dev/full");
        assertArrayEquals(without.data(), run.data());
        assertEquals(
                "sandbar: /dev/full: cannot be written: No space left on device; no more packets are kept\n",
                run.messages());
        assertEquals(ExitCode.FAILED, run.code());
    }

    @Test
    void whatCannotBeIsSaidBeforehand() throws IOException {
        Path input = file("talk.pcap", new Talk(80).client(REQUEST));
        byte[] whole = Files.readAllBytes(input);
        Path nowhere = folder.resolve("none/kept.pcapng");
        isRefused(
                ExitCode.FAILED,
                "cannot write " + nowhere + " (No such file or directory); make the folder " + nowhere.getParent()
                        + " first",
                input,
                "-w",
                nowhere);
        isRefused(
                ExitCode.FAILED,
                "cannot write " + nowhere + " (No such file or directory); make the folder " + nowhere.getParent()
                        + " first",
                input,
                "-w",
                nowhere,
                "--keep-size",
                1);
        isRefused(
                ExitCode.USAGE,
                "-w " + input + ": this file is among the captures to be read; choose another",
                folder,
                "-w",
                input);
        assertArrayEquals(whole, Files.readAllBytes(input));
        isRefused(ExitCode.USAGE, "-w -: the packets go to a file, as in -w alerted.pcapng", input, "-w", "-");
        isRefused(
                ExitCode.USAGE,
                "--keep-seconds needs -w FILE, the file to keep packets in",
                input,
                "--keep-seconds",
                60);
        isRefused(
                ExitCode.USAGE,
                "--keep-files needs --keep-size or --keep-seconds, which begin new files",
                input,
                "-w",
                nowhere,
                "--keep-files",
                2);
        isRefused(
                ExitCode.USAGE,
                "--keep-size must be from 1 to 1000000000, not 0",
                input,
                "-w",
                nowhere,
                "--keep-size",
                0);
    }

    private static void isRefused(int code, String message, Object... arguments) {
        List<Object> words = new ArrayList<>(List.of("replay"));
        words.addAll(List.of(arguments));
        Run run = Run.of(words.toArray());
        assertEquals("sandbar: " + message + "\n", run.messages());
        assertEquals(code, run.code());
        assertEquals("", run.text());
    }

    @Test
    void theSummarySaysHowMany() {
        Path file = folder.resolve("kept.pcapng");
        Run run = Run.of("replay", Run.SAMPLES.resolve("pinhole/form-post-used"), "-w", file);
        assertTrue(run.messages().endsWith("kept: 22 packets of 2 flows\n"), run.messages());
    }
}
