package org.sandbar.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureAllocationTest {
    private static final int PACKETS = 100_000;
    private static final int WARM_UP = 10;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"pcap", "pcapng"})
    void readingAllocatesNothingPerPacket(String format) throws IOException {
        Path file = Files.write(folder.resolve(format), capture(format));
        PacketBatch batch = new PacketBatch(1 << 20);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = 0;
        for (int i = 0; i < WARM_UP; i++) {
            try (PacketSource source = Captures.open(List.of(file.toString()), InputStream.nullInputStream())) {
                batch.clear(1);
                source.read(batch);
                long packets = batch.count();
                long before = threads.getCurrentThreadAllocatedBytes();
                do {
                    batch.clear(1);
                    source.read(batch);
                    packets += batch.count();
                } while (batch.count() > 0);
                allocated = threads.getCurrentThreadAllocatedBytes() - before;
                assertEquals(PACKETS, packets);
            }
        }
        assertTrue(allocated < PACKETS, allocated + " bytes for " + PACKETS + " packets");
    }

    private static byte[] capture(String format) {
        byte[] data = new byte[100];
        boolean classic = format.equals("pcap");
        CaptureBytes capture = classic
                ? CaptureBytes.pcap()
                : CaptureBytes.pcapng(ByteOrder.LITTLE_ENDIAN).networkInterface(LinkType.ETHERNET, 0);
        for (int i = 0; i < PACKETS; i++) {
            if (classic) {
                capture.packet(i * 1_000L, data);
            } else {
                capture.enhancedPacket(0, i, data, data.length);
            }
        }
        return capture.bytes();
    }
}
