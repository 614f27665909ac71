package org.sandbar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sandbar.capture.LinkType;
import org.sandbar.capture.PacketBatch;
import org.sandbar.event.Event;
import org.sandbar.protocol.websocket.WebSocketEvents;
import org.sandbar.wire.Packet;

/** A packet that tells nothing allocates nothing: bodies that are skipped, frames, ciphertext, and what nobody knows. */
class HotPathAllocationTest {
    private static final int SEGMENT = 1_000;
    private static final int ROUNDS = 800;
    private static final int FLOWS = 40;
    private static final int KINDS = 4;
    private static final int WARM_UP_ROUNDS = 300;
    private static final long START_NS = 1_700_000_000_000_000_000L;

    private final Random random = new Random(4);
    private final Shard shard = new Shard(0, 1, ShardSettings.USUAL);
    private long ordinal = 1;

    @Test
    void packetsThatTellNothing() {
        shard.process(batch(openings()));
        List<PacketBatch> warmUp = new ArrayList<>();
        List<PacketBatch> measured = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            (round < WARM_UP_ROUNDS ? warmUp : measured).add(batch(bodies(round)));
        }
        for (PacketBatch batch : warmUp) {
            assertTrue(shard.process(batch).isEmpty());
        }
        // A WebSocket begins as HTTP.
        assertEquals(
                Map.of("http", 20L, "tls", 10L, "websocket", 10L),
                shard.counters().protocols());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long packets = 0;
        long told = 0;
        long before = threads.getThreadAllocatedBytes(thread);
        for (PacketBatch batch : measured) {
            told += shard.process(batch).size();
            packets += batch.count();
        }
        double bytes = (threads.getThreadAllocatedBytes(thread) - before) / (double) packets;
        assertTrue(told == 0, told + " events");
        assertTrue(bytes < 1, bytes + " bytes a packet, over " + packets);
        assertFramesWereRead();
    }

    /** That of the opening, and ten of each round. */
    private void assertFramesWereRead() {
        long expected = 1 + 10L * ROUNDS;
        List<Object> frames = new ArrayList<>();
        for (Event event : shard.finish(ordinal)) {
            if (event.kind() == WebSocketEvents.WEBSOCKET) {
                frames.add(event.get(WebSocketEvents.FRAMES_TO_CLIENT));
            }
        }
        assertEquals(Collections.nCopies(FLOWS / KINDS, expected), frames);
    }

    private PacketBatch batch(List<Segment> segments) {
        PacketBatch batch = new PacketBatch(1 << 16);
        batch.clear(ordinal);
        int at = 0;
        for (Segment segment : segments) {
            byte[] packet = segment.packet();
            System.arraycopy(packet, 0, batch.buffer, at, packet.length);
            batch.add(at, packet.length, packet.length, START_NS + ordinal * 1_000, LinkType.RAW);
            at += packet.length;
            ordinal++;
        }
        return batch;
    }

    private static int port(int flow) {
        return switch (flow % KINDS) {
                    case 0 -> 80;
                    case 1 -> 443;
                    case 2 -> 8_080;
                    default -> 5_000;
                }
                + flow;
    }

    private List<Segment> openings() {
        List<Segment> segments = new ArrayList<>();
        for (int flow = 0; flow < FLOWS; flow++) {
            int port = port(flow);
            segments.add(Segment.of(true, port, 99, 0, Packet.SYN, ""));
            segments.add(Segment.of(false, port, 999, 100, Packet.SYN | Packet.ACK, ""));
            String request =
                    switch (flow % KINDS) {
                        case 0 -> "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
                        case 1 -> "\u0016\u0003\u0001\u0000\u0040\u0001\u0000\u0000\u003c\u0003\u0003" + "x".repeat(58);
                        case 2 -> "GET / HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\n\r\n";
                        default -> "\u0001\u0002\u0003\u0004\u00ff\u00fe";
                    };
            String response =
                    switch (flow % KINDS) {
                        case 0 -> "HTTP/1.1 200 OK\r\nContent-Length: 2000000000\r\n\r\n";
                        case 1 -> "\u0016\u0003\u0003\u0000\u0040\u0002\u0000\u0000\u003c\u0003\u0003" + "x".repeat(58);
                        case 2 -> "HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\n\r\n\u0082\u007e\u0003\u00b5";
                        default -> "\u0005\u0006\u0007\u0008\u00ff\u00fe";
                    };
            segments.add(Segment.of(true, port, 100, 1_000, Packet.ACK, request));
            int said = 100 + request.length();
            String padded = response + "x".repeat(SEGMENT - response.length() - 1) + "\u0082";
            segments.add(Segment.of(false, port, 1_000, said, Packet.ACK, padded));
        }
        return segments;
    }

    /** One more piece from each server, acknowledged; of some flows out of order, of some twice. */
    private List<Segment> bodies(int round) {
        List<Segment> segments = new ArrayList<>();
        String noise = "z".repeat(SEGMENT);
        // Frames of 100 bytes, the header of one in ten cut by the segment's end.
        String frames = "\u0062" + "z".repeat(98) + ("\u0082\u0062" + "z".repeat(98)).repeat(9) + "\u0082";
        for (int flow = 0; flow < FLOWS; flow++) {
            int sequence = 1_000 + SEGMENT * (round + 1);
            String words = flow % KINDS == 2 ? frames : noise;
            segments.add(Segment.of(false, port(flow), sequence, 100, Packet.ACK, words));
            if (random.nextInt(10) == 0) {
                segments.add(Segment.of(false, port(flow), sequence, 100, Packet.ACK, words));
            }
            segments.add(Segment.of(true, port(flow), 200, sequence + SEGMENT, Packet.ACK, ""));
        }
        return segments;
    }
}
