package org.sandbar.capture;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are, nothing but a {@link CaptureException} comes out, one line each, and reading ends. */
class HostileCaptureTest {
    private static final int MUTATIONS = 10_000;

    @Test
    void mutatedCapturesEndInNothingWorseThanAComplaint() {
        Random random = new Random(4502);
        List<byte[]> seeds = seeds();
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int i = 0; i < MUTATIONS; i++) {
                byte[] mutated = mutate(seeds.get(i % seeds.size()), random);
                Reading reading = Reading.of(mutated);
                assertTrue(reading.complaints().size() <= 1, "complaints go on");
                assertTrue(reading.complaints().stream().noneMatch(line -> line.contains("\n")), "more than a line");
            }
        });
    }

    private static byte[] mutate(byte[] seed, Random random) {
        byte[] mutated = Arrays.copyOf(seed, random.nextInt(8) == 0 ? random.nextInt(seed.length) + 1 : seed.length);
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(mutated.length);
            mutated[at] = switch (random.nextInt(4)) {
                case 0 -> 0;
                case 1 -> (byte) 0xff;
                case 2 -> (byte) (mutated[at] ^ 1 << random.nextInt(8));
                default -> (byte) random.nextInt(256);
            };
        }
        return mutated;
    }

    static List<byte[]> seeds() {
        byte[] data = new byte[37];
        byte[] pcap = CaptureBytes.pcap()
                .packet(1_000_000_000L, data)
                .packet(2_000_000_000L, data)
                .packet(3_000_000_000L, data)
                .bytes();
        byte[] pcapng = CaptureBytes.pcapng(ByteOrder.BIG_ENDIAN)
                .networkInterface(LinkType.ETHERNET, 0, 0x94, 7)
                .enhancedPacket(0, 123_456_789L, data, 40)
                .simplePacket(data, 40)
                .block(5, new byte[24])
                .section(ByteOrder.LITTLE_ENDIAN)
                .networkInterface(LinkType.RAW, 20, 12, 0)
                .obsoletePacket(0, 123_456_789L, data, 40)
                .bytes();
        return List.of(pcap, pcapng, CaptureBytes.gzip(pcap), com.github.luben.zstd.Zstd.compress(pcapng));
    }
}
