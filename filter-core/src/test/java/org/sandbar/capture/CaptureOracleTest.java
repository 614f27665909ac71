package org.sandbar.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wireshark's tools write the formats and read them back; both readings are to agree. Skipped where the tools are not installed. */
class CaptureOracleTest {
    private static final int MOST_CAPTURES = 40;

    @TempDir
    private Path folder;

    @BeforeAll
    static void toolsAreThere() {
        Stream.of("tshark", "editcap")
                .forEach(tool -> assumeTrue(Files.isExecutable(Path.of("/usr/bin", tool)), tool + " is not installed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pcap", "nsecpcap", "modpcap", "pcapng"})
    void agreesOnEveryFormatThatEditcapWrites(String format) throws Exception {
        Random random = new Random(7);
        CaptureBytes made = CaptureBytes.pcapng(java.nio.ByteOrder.BIG_ENDIAN)
                .networkInterface(LinkType.ETHERNET, 0, 9, 1_700_000_000L);
        for (int i = 0; i < 500; i++) {
            byte[] data = new byte[14 + random.nextInt(200)];
            made.enhancedPacket(0, random.nextInt() & 0xffff_ffffL, data, data.length + random.nextInt(100));
        }
        Path source = Files.write(folder.resolve("source"), made.bytes());
        Path converted = folder.resolve("converted");
        run("editcap", "-F", format, source.toString(), converted.toString());
        assertEquals(500, rows(source).size());
        assertEquals(oracle(source), rows(source));
        assertEquals(oracle(converted), rows(converted));
    }

    @Test
    void agreesOnCapturesFromTheWild() throws Exception {
        Path captures = Path.of(System.getProperty("sandbar.root", "."), "../shared/captures");
        assumeTrue(Files.isDirectory(captures), "no captures here");
        List<Path> files;
        try (Stream<Path> all = Files.walk(captures)) {
            files = all.filter(path -> path.toString().matches(".*\\.p?cap(ng)?"))
                    .sorted()
                    .toList();
        }
        int step = Math.max(1, files.size() / MOST_CAPTURES);
        for (int i = 0; i < files.size(); i += step) {
            assertEquals(oracle(files.get(i)), rows(files.get(i)), files.get(i).toString());
        }
    }

    private static List<String> rows(Path file) {
        List<String> rows = new ArrayList<>();
        PacketSource source = Captures.open(List.of(file.toString()), InputStream.nullInputStream());
        for (Reading.Row row : Reading.of(source, 1 << 20).packets()) {
            String time = BigDecimal.valueOf(row.timeNs(), 9).toPlainString();
            rows.add(row.ordinal() + "\t" + time + "\t" + row.wireLength() + "\t"
                    + row.data().size());
        }
        return rows;
    }

    private static List<String> oracle(Path file) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", file.toString(), "-T", "fields"));
        for (String field : List.of("number", "time_epoch", "len", "cap_len")) {
            command.add("-e");
            command.add("frame." + field);
        }
        return run(command.toArray(String[]::new));
    }

    private static List<String> run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> lines =
                new String(process.getInputStream().readAllBytes()).lines().toList();
        process.waitFor();
        return lines;
    }
}
