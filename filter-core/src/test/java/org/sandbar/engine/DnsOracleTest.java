package org.sandbar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sandbar.bytes.Limits;
import org.sandbar.capture.Captures;
import org.sandbar.capture.PacketBatch;
import org.sandbar.capture.PacketSource;
import org.sandbar.event.Event;
import org.sandbar.protocol.Names;

/**
 * Every name and address that a capture's DNS answers gave is one that tshark reads there; of a sample in which all questions are seen,
 * nothing is missing either.
 */
class DnsOracleTest {
    private static final Path ROOT = Path.of(System.getProperty("sandbar.root"));

    @BeforeAll
    static void needsTshark() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/tshark")), "tshark is not installed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http/dns-names", "http/dns-rebinding", "http/host-address-mismatch"})
    void missesNothing(String sample) throws IOException {
        Path capture = ROOT.resolve("samples-pcap").resolve(sample).resolve("input.pcap");
        Map<String, Set<String>> read = tshark(capture);
        assertFalse(read.isEmpty());
        assertEquals(read, told(capture));
    }

    @TestFactory
    Stream<DynamicTest> asTsharkDoes() throws IOException {
        List<Path> captures = new ArrayList<>();
        for (Path folder : List.of(ROOT.resolve("samples-pcap"), ROOT.resolve("../shared/captures"))) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.filter(file -> file.toString().endsWith(".pcap")).forEach(captures::add);
                }
            }
        }
        return captures.stream()
                .sorted()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> compare(file)));
    }

    private static void compare(Path file) throws IOException {
        Map<String, Set<String>> told = told(file);
        // tshark starts slowly: it is asked where there is something to compare.
        assumeTrue(!told.isEmpty());
        Map<String, Set<String>> read = tshark(file);
        told.forEach((name, addresses) -> assertTrue(
                read.getOrDefault(name, Set.of()).containsAll(addresses), name + " " + addresses + " " + read));
    }

    private static Map<String, Set<String>> told(Path file) throws IOException {
        Shard shard = new Shard(0, 1, BuiltIn.PROTOCOLS, Limits.USUAL, false);
        Map<String, Set<String>> told = new TreeMap<>();
        PacketBatch batch = new PacketBatch(1 << 20);
        batch.clear(1);
        try (PacketSource source = Captures.open(List.of(file.toString()), InputStream.nullInputStream())) {
            for (long next = 1; source.read(batch); batch.clear(next)) {
                next += batch.count();
                for (Event event : shard.process(batch)) {
                    if (event.kind() == Names.ANSWERED) {
                        Set<String> addresses = told.computeIfAbsent(event.text(Names.NAME), first -> new TreeSet<>());
                        ((List<?>) event.get(Names.ADDRESSES)).forEach(address -> addresses.add(address.toString()));
                    }
                }
            }
        }
        return told;
    }

    /** Of all sections of the responses, those of the name servers themselves included. */
    private static Map<String, Set<String>> tshark(Path file) throws IOException {
        Process tshark = new ProcessBuilder(
                        "tshark",
                        "-r",
                        file.toString(),
                        "-Y",
                        "dns.flags.response == 1 && (dns.a || dns.aaaa)",
                        "-T",
                        "fields",
                        "-e",
                        "dns.qry.name",
                        "-e",
                        "dns.a",
                        "-e",
                        "dns.aaaa")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Map<String, Set<String>> found = new TreeMap<>();
        new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .forEach(line -> {
                    String[] cells = line.split("\t", -1);
                    Set<String> addresses =
                            found.computeIfAbsent(cells[0].toLowerCase(Locale.ROOT), first -> new TreeSet<>());
                    Stream.of(cells[1], cells[2])
                            .flatMap(cell -> Stream.of(cell.split(",")))
                            .filter(address -> !address.isEmpty())
                            .forEach(addresses::add);
                });
        return found;
    }
}
