package org.sandbar.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sandbar.bench.mix.Counts;
import org.sandbar.bench.mix.Quantity;
import org.sandbar.bench.mix.TrafficMix;

final class TrafficMixTest {
    private static final int PACKETS = 20_000;

    @TempDir
    private Path folder;

    @Test
    void sameSeedSameBytes() {
        byte[] mix = new TrafficMix(PACKETS, 7, 100).bytes();
        assertArrayEquals(mix, new TrafficMix(PACKETS, 7, 100).bytes());
        assertFalse(Arrays.equals(mix, new TrafficMix(PACKETS, 8, 100).bytes()));
    }

    @Test
    void sandbarFindsTheTruth() throws IOException {
        assertTruth(new TrafficMix(PACKETS, 1, 100));
        assertTruth(new TrafficMix(PACKETS, 2, 1));
    }

    @Test
    void reorderedAndDuplicatedSegmentsChangeNothingThatIsTold() throws IOException {
        assertTruth(new TrafficMix(PACKETS, 3, 100, null, 0.1, 0.05, 0));
    }

    @Test
    void theTruthIsReadBack() throws IOException {
        Counts truth = new TrafficMix(1_000, 4, 10).write(folder.resolve("mix.pcap"));
        assertEquals(truth, Counts.of(truth.lines()));
    }

    @Test
    void everyKindOfTrafficIsThere() throws IOException {
        Counts truth = new TrafficMix(4 * PACKETS, 5, 100, null, 0.01, 0.01, 0.01).write(folder.resolve("mix.pcap"));
        for (Quantity quantity : Quantity.values()) {
            assertTrue(truth.of(quantity) > 0, quantity.key());
        }
    }

    @Test
    void tsharkHasNothingToSay() throws IOException, InterruptedException {
        assumeTrue(isInstalled("tshark"), "tshark is not installed");
        Path mix = folder.resolve("mix.pcap");
        new TrafficMix(PACKETS, 6, 100).write(mix);
        Process tshark = new ProcessBuilder(
                        "tshark",
                        "-o",
                        "ip.check_checksum:TRUE",
                        "-o",
                        "tcp.check_checksum:TRUE",
                        "-o",
                        "udp.check_checksum:TRUE",
                        "-r",
                        mix.toString(),
                        "-Y",
                        "_ws.malformed || ip.checksum.status==0 || tcp.checksum.status==0 || udp.checksum.status==0"
                                + " || tcp.analysis.lost_segment || tcp.analysis.retransmission"
                                + " || tcp.analysis.out_of_order || tcp.analysis.ack_lost_segment")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, tshark.waitFor());
        assertEquals("", said);
    }

    private static void assertTruth(TrafficMix mix) throws IOException {
        ByteArrayOutputStream capture = new ByteArrayOutputStream();
        Counts truth = mix.write(capture);
        ByteArrayOutputStream eve = new ByteArrayOutputStream();
        WarmRun.of(Installation.here(), capture.toByteArray()).run(2, eve);
        Counts found = EveCounts.read(new ByteArrayInputStream(eve.toByteArray()));
        assertEquals(List.of(), truth.differences(found));
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
