package org.sandbar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.sandbar.capture.Captures;
import org.sandbar.capture.PacketBatch;
import org.sandbar.capture.PacketSource;
import org.sandbar.event.Event;
import org.sandbar.protocol.Names;

/** What DNS answered in captures, packet by packet: names, addresses and times to live are those that tshark reads, no more and no less. */
class DnsOracleTest {
    private static final Path ROOT = Path.of(System.getProperty("sandbar.root"));
    private static final Path MIX = ROOT.resolve("../shared/bench/mixgen.cc");
    private static final byte[] DNS_PORT = {0, 53};

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> recordedCaptures() throws IOException {
        assumeTrue(isThere("tshark"));
        List<Path> captures = new ArrayList<>();
        for (Path place : List.of(ROOT.resolve("samples-pcap"), ROOT.resolve("../shared/captures"))) {
            if (Files.isDirectory(place)) {
                try (Stream<Path> files = Files.walk(place)) {
                    files.filter(file -> file.toString().endsWith(".pcap")).forEach(captures::add);
                }
            }
        }
        return captures.stream()
                .sorted()
                .map(file -> DynamicTest.dynamicTest(
                        file.getParent().getFileName() + "/" + file.getFileName(), () -> compareIfAny(file)));
    }

    /** tshark starts slowly: it is asked where a capture has the port in it somewhere, or something was told. */
    private static void compareIfAny(Path file) throws IOException {
        Map<Long, List<String>> told = told(file);
        assumeTrue(!told.isEmpty() || contains(Files.readAllBytes(file), DNS_PORT));
        compare(file, told);
    }

    private static void compare(Path file, Map<Long, List<String>> told) throws IOException {
        TsharkDns tshark = TsharkDns.read(file);
        // The answers of such a message may be well all the same; clients look no further, tshark does.
        told.keySet().removeAll(tshark.malformed());
        List<String> differences = new ArrayList<>();
        Set<Long> frames = new TreeSet<>(told.keySet());
        frames.addAll(tshark.answers().keySet());
        for (Long frame : frames) {
            List<String> theirs = tshark.answers().get(frame);
            List<String> ours = told.get(frame);
            if (!Objects.equals(theirs, ours)) {
                differences.add(frame + ": tshark " + theirs + ", told " + ours);
            }
        }
        assertTrue(differences.isEmpty(), () -> differences.size() + " differ: " + String.join("\n", differences));
    }

    private static boolean contains(byte[] bytes, byte[] word) {
        for (int at = 0; at + word.length <= bytes.length; at++) {
            if (bytes[at] == word[0] && bytes[at + 1] == word[1]) {
                return true;
            }
        }
        return false;
    }

    @Test
    void generatedMix() throws IOException, InterruptedException {
        assumeTrue(isThere("tshark") && isThere("g++") && Files.exists(MIX));
        Path program = folder.resolve("mixgen");
        run("g++", "-O2", "-o", program.toString(), MIX.toString());
        Path mix = folder.resolve("mix.pcap");
        run(program.toString(), mix.toString(), "30000", "1035", "300");
        Map<Long, List<String>> told = told(mix);
        assertTrue(told.size() > 100);
        compare(mix, told);
    }

    @Test
    void allThatAMessageMayBe() throws IOException {
        assumeTrue(isThere("tshark"));
        Path capture = folder.resolve("made.pcap");
        Files.write(capture, new DnsCapture(7766).make(4_000));
        Map<Long, List<String>> told = told(capture);
        assertTrue(told.size() > 1_000);
        compare(capture, told);
    }

    /** By the packet that told it: name, addresses, seconds. */
    private static Map<Long, List<String>> told(Path file) throws IOException {
        Shard shard = new Shard(0, 1, ShardSettings.USUAL);
        Map<Long, List<String>> told = new TreeMap<>();
        PacketBatch batch = new PacketBatch(1 << 20);
        batch.clear(1);
        try (PacketSource source = Captures.open(List.of(file.toString()), InputStream.nullInputStream())) {
            for (long next = 1; source.read(batch); batch.clear(next)) {
                next += batch.count();
                for (Event event : shard.process(batch)) {
                    if (event.kind() == Names.ANSWERED) {
                        told.computeIfAbsent(event.ordinal(), first -> new ArrayList<>())
                                .add(event.text(Names.NAME) + " " + event.get(Names.ADDRESSES) + " "
                                        + event.get(Names.TTL));
                    }
                }
            }
        }
        assertEquals(Map.of(), shard.counters().faults());
        return told;
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }
}
