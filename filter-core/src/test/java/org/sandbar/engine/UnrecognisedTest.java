package org.sandbar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sandbar.capture.LinkType;
import org.sandbar.event.Event;
import org.sandbar.event.FlowEvents;
import org.sandbar.wire.Packet;

/** The entropy of what nobody recognises, on a plugin's port and nowhere else, however it is cut. */
class UnrecognisedTest {
    private static final int PLUGIN_PORT = 4_503;
    private static final int FLOWS = 2_000;
    /** That of rules/trust.yaml. */
    private static final double RANDOM_FROM = 7.74;

    private static List<Double> measured(int port, int pieceBytes, byte[] client, byte[] server) {
        Shard shard = new Shard(0, 1, ShardSettings.USUAL.withPluginPorts(watched -> watched == PLUGIN_PORT));
        List<Segment> segments = new ArrayList<>();
        segments.add(Segment.of(true, port, 99, 0, Packet.SYN, ""));
        segments.add(Segment.of(false, port, 999, 100, Packet.SYN | Packet.ACK, ""));
        say(segments, true, port, pieceBytes, client);
        say(segments, false, port, pieceBytes, server);
        long ordinal = 1;
        for (Segment segment : segments) {
            byte[] packet = segment.packet();
            shard.accept(packet, 0, packet.length, packet.length, LinkType.RAW, segment.timeNs(), ordinal++);
        }
        List<Event> events = shard.takeEvents();
        events.addAll(shard.finish(ordinal));
        assertEquals(Map.of(), shard.counters().faults());
        return events.stream()
                .filter(event -> event.kind() == FlowEvents.MEASURED)
                .map(event -> (Double) event.get(FlowEvents.ENTROPY))
                .toList();
    }

    private static void say(List<Segment> segments, boolean client, int port, int pieceBytes, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        for (int at = 0; at < text.length(); at += pieceBytes) {
            String piece = text.substring(at, Math.min(text.length(), at + pieceBytes));
            segments.add(
                    Segment.of(client, port, (client ? 100 : 1_000) + at, client ? 1_000 : 100, Packet.ACK, piece));
        }
    }

    /** Bytes that no protocol begins with, and of which each comes as often as the next. */
    private static byte[] even(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (0xf0 + i);
        }
        return bytes;
    }

    @Test
    void ofTheFirstKilobyte() {
        byte[] bytes = even(3_000);
        for (int size : new int[] {1, 7, 256, 1_024, 1_400}) {
            assertEquals(List.of(8.0), measured(PLUGIN_PORT, size, bytes, bytes), "pieces of " + size);
        }
        byte[] same = new byte[3_000];
        Arrays.fill(same, (byte) 0xf0);
        assertEquals(List.of(0.0), measured(PLUGIN_PORT, 100, same, same));
    }

    @Test
    void ofBothDirectionsTogether() {
        byte[] same = new byte[512];
        Arrays.fill(same, (byte) 0xf0);
        byte[] other = new byte[512];
        Arrays.fill(other, (byte) 0xf1);
        assertEquals(List.of(1.0), measured(PLUGIN_PORT, 100, same, other));
    }

    @Test
    void lessIsTooShortToSay() {
        assertEquals(List.of(), measured(PLUGIN_PORT, 100, even(1_000), even(23)));
        assertEquals(1, measured(PLUGIN_PORT, 100, even(1_000), even(24)).size());
    }

    @Test
    void onOtherPortsNothingIsMeasured() {
        assertEquals(List.of(), measured(5_000, 100, even(3_000), even(3_000)));
    }

    @Test
    void whatIsRecognisedIsNotMeasured() {
        byte[] request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(60).getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(List.of(), measured(PLUGIN_PORT, 1_000, request, even(3_000)));
    }

    /** What waits for a protocol to be recognised is measured with the rest. */
    @Test
    void whatWaitedCounts() {
        byte[] greeting = "220 hello\r\n".getBytes(StandardCharsets.ISO_8859_1);
        byte[] noise = new byte[1_024 - greeting.length];
        Arrays.fill(noise, (byte) 0xf0);
        Shard shard = new Shard(0, 1, ShardSettings.USUAL.withPluginPorts(port -> true));
        List<Segment> segments = new ArrayList<>();
        say(segments, false, PLUGIN_PORT, 100, greeting);
        say(segments, true, PLUGIN_PORT, 2_000, noise);
        segments.add(0, Segment.of(true, PLUGIN_PORT, 99, 0, Packet.SYN, ""));
        segments.add(1, Segment.of(false, PLUGIN_PORT, 999, 100, Packet.SYN | Packet.ACK, ""));
        for (Segment segment : segments) {
            byte[] packet = segment.packet();
            shard.accept(packet, 0, packet.length, packet.length, LinkType.RAW, segment.timeNs(), 1);
        }
        assertTrue(shard.takeEvents().stream().anyMatch(event -> event.kind() == FlowEvents.MEASURED));
    }

    @Test
    void randomBytesLookRandomAndOthersDoNot() {
        Random random = new Random(4_502);
        int missed = 0;
        for (int i = 0; i < FLOWS; i++) {
            byte[] bytes = new byte[1_100];
            random.nextBytes(bytes);
            bytes[0] = (byte) 0xf0;
            missed += measured(PLUGIN_PORT, 1_100, bytes, new byte[0]).get(0) < RANDOM_FROM ? 1 : 0;
        }
        assertTrue(missed <= FLOWS / 500, missed + " of " + FLOWS + " missed");
        for (int i = 0; i < FLOWS; i++) {
            double entropy =
                    measured(PLUGIN_PORT, 1_100, states(random), new byte[0]).get(0);
            assertTrue(entropy < RANDOM_FROM, entropy + " in the clear");
        }
    }

    /** As a game sends where its players are: a header, and floats. */
    private static byte[] states(Random random) {
        ByteBuffer bytes = ByteBuffer.allocate(1_116);
        for (int turn = 0; bytes.remaining() >= 31; turn++) {
            bytes.putShort((short) 0xf01d).put((byte) 1).putInt(turn);
            for (int i = 0; i < 6; i++) {
                bytes.putFloat(200 * random.nextFloat() - 100);
            }
        }
        return bytes.array();
    }
}
