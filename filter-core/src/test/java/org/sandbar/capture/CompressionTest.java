package org.sandbar.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompressionTest {
    enum Format {
        GZIP(CaptureBytes::gzip),
        ZSTD(Zstd::compress);

        private final UnaryOperator<byte[]> compress;

        Format(UnaryOperator<byte[]> compress) {
            this.compress = compress;
        }
    }

    /** A pipe that never has more than one byte ready and never says that it has. */
    static InputStream trickle(byte[] bytes) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return super.read(into, offset, Math.min(length, 1));
            }

            @Override
            public int available() {
                return 0;
            }
        };
    }

    private static byte[] capture(int packets) {
        Random random = new Random(packets);
        CaptureBytes capture = CaptureBytes.pcap();
        for (int i = 0; i < packets; i++) {
            byte[] data = new byte[random.nextInt(1_500)];
            random.nextBytes(data);
            capture.packet(i * 1_000L, data);
        }
        return capture.bytes();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    @Test
    void aPipeOfSingleBytesGivesTheSameBatchesAsAFile() {
        byte[] capture = capture(1_000);
        Reading whole = Reading.of(capture);
        assertTrue(whole.batchEnds().size() > 3);
        assertEquals(whole, Reading.of(trickle(capture), Reading.BATCH_BYTES));
    }

    @ParameterizedTest
    @EnumSource
    void severalMembersReadAsOneWhateverThePipe(Format format) {
        byte[] capture = capture(1_000);
        int middle = capture.length / 2;
        byte[] compressed = join(
                format.compress.apply(Arrays.copyOf(capture, middle)),
                format.compress.apply(new byte[0]),
                format.compress.apply(Arrays.copyOfRange(capture, middle, capture.length)));
        Reading expected = Reading.of(capture);
        Reading reading = Reading.of(compressed);
        assertEquals(List.of(), reading.complaints());
        assertEquals(expected.packets(), reading.packets());
        assertEquals(expected.batchEnds(), reading.batchEnds());
        assertEquals(compressed.length, reading.sourceBytes());
        assertEquals(reading, Reading.of(trickle(compressed), Reading.BATCH_BYTES));
    }

    @ParameterizedTest
    @EnumSource
    void aCutStreamGivesAllWholePacketsThatAreInIt(Format format) {
        byte[] capture = capture(20);
        int middle = capture.length / 2;
        byte[] first = format.compress.apply(Arrays.copyOf(capture, middle));
        byte[] compressed = join(first, format.compress.apply(Arrays.copyOfRange(capture, middle, capture.length)));
        int inFirst = Reading.of(Arrays.copyOf(capture, middle)).packets().size();
        int least = 0;
        for (int cut = 4; cut < compressed.length; cut += cut > first.length - 20 && cut < first.length + 40 ? 1 : 97) {
            Reading reading = Reading.of(Arrays.copyOf(compressed, cut));
            assertTrue(reading.complaint().contains("cut short"), reading.complaint());
            assertTrue(reading.packets().size() >= least, "fewer packets of more bytes");
            assertTrue(cut < first.length || reading.packets().size() >= inFirst, "cut at " + cut);
            least = reading.packets().size();
        }
        assertTrue(least >= inFirst);
    }

    @Test
    void zerosMayFollowGzipButNothingElse() {
        byte[] compressed = CaptureBytes.gzip(capture(20));
        Reading padded = Reading.of(join(compressed, new byte[512]));
        assertEquals(List.of(), padded.complaints());
        assertEquals(20, padded.packets().size());

        Reading garbage = Reading.of(join(compressed, new byte[] {'x', 'y', 'z'}));
        assertEquals(20, garbage.packets().size());
        assertTrue(garbage.complaint().contains("what follows the gzip data is not gzip data"), garbage.complaint());
    }

    @Test
    void readsEveryPartOfAGzipHeader() {
        byte[] compressed = CaptureBytes.gzip(capture(3));
        byte[] header = {0x1f, (byte) 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 3, 2, 0, 'e', 'x', 'n', 0, 'c', 'o', 0, 1, 2};
        Reading reading = Reading.of(join(header, Arrays.copyOfRange(compressed, 10, compressed.length)));
        assertEquals(List.of(), reading.complaints());
        assertEquals(3, reading.packets().size());
    }

    @Test
    void aWrongChecksumIsSaidAfterThePackets() {
        byte[] compressed = CaptureBytes.gzip(capture(3));
        compressed[compressed.length - 8] ^= 1;
        Reading reading = Reading.of(compressed);
        assertEquals(3, reading.packets().size());
        assertTrue(reading.complaint().contains("its checksum is wrong"), reading.complaint());
    }
}
