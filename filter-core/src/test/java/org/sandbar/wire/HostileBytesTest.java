package org.sandbar.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.capture.LinkType;
import org.sandbar.wire.Frames.Sample;

/** Whatever the bytes: no exception, nothing shown that is not there, no garbage. */
class HostileBytesTest {
    private static final int[] LINKS = {0, 1, 9, 12, 14, 50, 51, 101, 108, 113, 228, 229, 276, 999};

    private final Packet packet = new Packet();

    private static List<Sample> samples() {
        List<Sample> all = new ArrayList<>(Frames.samples());
        byte[] segment = Frames.tcp(Frames.COMMAND);
        all.add(new Sample("fragment", LinkType.RAW, Frames.ipv4(1, 0x2000, 6, Arrays.copyOf(segment, 24))));
        all.add(new Sample("last", LinkType.RAW, Frames.ipv4(1, 3, 6, Arrays.copyOfRange(segment, 24, 30))));
        all.add(new Sample("fragment6", LinkType.RAW, Frames.fragment6(1, 0, true, 6, Arrays.copyOf(segment, 24))));
        all.add(new Sample(
                "last6", LinkType.RAW, Frames.fragment6(1, 24, false, 6, Arrays.copyOfRange(segment, 24, 30))));
        return all;
    }

    /** The packet shows nothing outside the captured bytes. */
    private void assertInside(Decoded decoded, byte[] buffer, int from, int to, String what) {
        if (decoded != Decoded.FLOW) {
            return;
        }
        int start = packet.reassembled ? 0 : from;
        int end = packet.reassembled ? packet.buffer.length : to;
        assertTrue(packet.reassembled || packet.buffer == buffer, what);
        assertTrue(packet.ipOffset >= start && packet.ipOffset < packet.transportOffset, what);
        assertTrue(packet.transportOffset <= packet.payloadOffset, what);
        assertTrue(packet.payloadLength >= 0 && packet.payloadOffset + packet.payloadLength <= end, what);
        assertTrue(packet.payloadWireLength >= packet.payloadLength, what);
        assertEquals(packet.ipVersion, packet.buffer[packet.ipOffset] >> 4 & 15, what);
        Checksums.valid(packet);
    }

    @Test
    void mutations() {
        Random random = new Random(4502);
        Decoder decoder =
                new Decoder(Limits.USUAL.with(Bound.FRAGMENTED_PACKETS, 5).with(Bound.FRAGMENT_BYTES, 1 << 16));
        List<Sample> samples = samples();
        int flows = 0;
        for (int run = 0; run < 400_000; run++) {
            Sample sample = samples.get(random.nextInt(samples.size()));
            byte[] frame = sample.frame();
            int offset = random.nextInt(3);
            int length = random.nextInt(4) == 0 ? random.nextInt(frame.length + 1) : frame.length;
            byte[] buffer = new byte[offset + length];
            System.arraycopy(frame, 0, buffer, offset, length);
            for (int i = random.nextInt(5); i > 0 && length > 0; i--) {
                int at = offset + random.nextInt(length);
                buffer[at] = (byte) (random.nextBoolean() ? random.nextInt() : buffer[at] ^ 1 << random.nextInt(8));
            }
            int wire = random.nextInt(4) == 0 ? random.nextInt() : frame.length;
            int link = random.nextInt(10) == 0 ? LINKS[random.nextInt(LINKS.length)] : sample.linkType();
            Decoded decoded = decoder.decode(buffer, offset, length, wire, link, random.nextLong(), packet);
            assertInside(decoded, buffer, offset, offset + length, sample.name() + ", run " + run);
            flows += decoded == Decoded.FLOW ? 1 : 0;
        }
        assertTrue(flows > 100_000, flows + " flows");
    }

    @Test
    void noise() {
        Random random = new Random(4503);
        Decoder decoder = new Decoder(Limits.USUAL);
        byte[] buffer = new byte[128];
        for (int run = 0; run < 400_000; run++) {
            random.nextBytes(buffer);
            int link = LINKS[random.nextInt(LINKS.length)];
            buffer[0] = (byte) (random.nextBoolean() ? 0x45 : 0x60);
            Decoded decoded = decoder.decode(buffer, 0, buffer.length, buffer.length, link, run, packet);
            assertInside(decoded, buffer, 0, buffer.length, "run " + run);
        }
    }

    @Test
    void ordinaryPacketsAllocateNothing() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Decoder decoder = new Decoder(Limits.USUAL);
        Sample[] samples = samples().toArray(Sample[]::new);
        decodeRounds(decoder, samples, 200);
        long before = threads.getCurrentThreadAllocatedBytes();
        decodeRounds(decoder, samples, 5_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < 5_000L * samples.length, () -> allocated + " bytes");
    }

    private void decodeRounds(Decoder decoder, Sample[] samples, int rounds) {
        for (int round = 0; round < rounds; round++) {
            for (Sample sample : samples) {
                byte[] frame = sample.frame();
                decoder.decode(frame, 0, frame.length, frame.length, sample.linkType(), round, packet);
            }
        }
    }
}
