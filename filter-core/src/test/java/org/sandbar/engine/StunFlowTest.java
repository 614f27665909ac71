package org.sandbar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sandbar.capture.LinkType;
import org.sandbar.event.Common;
import org.sandbar.event.Event;
import org.sandbar.event.FlowEvents;
import org.sandbar.protocol.dtls.DtlsEvents;
import org.sandbar.protocol.stun.StunEvents;

/** Datagrams of one flow, of several protocols: whose flow it is, and what a datagram costs. */
class StunFlowTest {
    private static final String CHECK = "\0\1\0\0\u0021\u0012\u00a4\u0042" + "transaction!";
    private static final String ANSWER = "\1\1\0\0\u0021\u0012\u00a4\u0042" + "transaction!";
    private static final String RECORD = "\u0017\u00fe\u00fd\0\1\0\0\0\0\0\1\0\4text";
    private static final String RTP = "\u0080\u006f" + "x".repeat(60);

    private final Shard shard = new Shard(0, 1, ShardSettings.USUAL);
    private long ordinal = 1;

    private static byte[] datagram(boolean client, String words) {
        byte[] payload = words.getBytes(StandardCharsets.ISO_8859_1);
        int length = 28 + payload.length;
        ByteBuffer packet = ByteBuffer.allocate(length);
        packet.putShort((short) 0x4500).putShort((short) length).putInt(0).putInt(0x4011_0000);
        packet.putInt(client ? 0xc0a80105 : 0xc6336415).putInt(client ? 0xc6336415 : 0xc0a80105);
        packet.putShort((short) (client ? 40_000 : 50_000)).putShort((short) (client ? 50_000 : 40_000));
        return packet.putShort((short) (length - 20))
                .putShort((short) 0)
                .put(payload)
                .array();
    }

    private void say(byte[] packet) {
        shard.accept(packet, 0, packet.length, packet.length, LinkType.RAW, 1_000L * ordinal, ordinal);
        ordinal++;
    }

    private List<Event> finish() {
        List<Event> events = new ArrayList<>(shard.takeEvents());
        events.addAll(shard.finish(ordinal));
        assertEquals(Map.of(), shard.counters().faults());
        return events;
    }

    private static String appProto(List<Event> events) {
        Event last = events.get(events.size() - 1);
        assertEquals(FlowEvents.ENDED, last.text(FlowEvents.PHASE));
        return last.text(Common.APP_PROTO);
    }

    @Test
    void whatBeginsWithStunStaysStun() {
        say(datagram(true, CHECK));
        say(datagram(false, ANSWER));
        say(datagram(false, RECORD));
        say(datagram(true, RTP));
        say(datagram(true, "\u0010\0zrtp"));
        List<Event> events = finish();
        assertEquals("stun", appProto(events));
        assertTrue(events.stream().noneMatch(event -> event.kind() == DtlsEvents.DTLS));
        Event finished = events.get(events.size() - 2);
        assertEquals(List.of("zrtp", "dtls", "rtp"), finished.get(StunEvents.MULTIPLEXED));
    }

    @Test
    void whatBeginsWithDtlsIsStunOnceItIsSeen() {
        say(datagram(true, RECORD));
        say(datagram(false, RECORD));
        say(datagram(true, CHECK));
        say(datagram(false, ANSWER));
        List<Event> events = finish();
        assertEquals("stun", appProto(events));
        Event finished = events.get(events.size() - 2);
        assertEquals(1L, finished.get(StunEvents.MESSAGES_TO_SERVER));
        assertEquals(1L, finished.get(StunEvents.MESSAGES_TO_CLIENT));
    }

    @Test
    void dtlsAlone() {
        say(datagram(true, RECORD));
        say(datagram(false, RECORD));
        assertEquals("dtls", appProto(finish()));
    }

    @Test
    void aDatagramThatTellsNothingAllocatesNothing() {
        byte[][] packets = {
            datagram(true, CHECK),
            datagram(false, ANSWER),
            datagram(false, CHECK),
            datagram(true, ANSWER),
            datagram(true, RECORD),
            datagram(false, RTP)
        };
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        int rounds = 20_000;
        long before = 0;
        for (int i = 0; i < 2 * rounds; i++) {
            if (i == rounds) {
                shard.takeEvents();
                before = threads.getThreadAllocatedBytes(thread);
            }
            for (byte[] packet : packets) {
                say(packet);
            }
        }
        long bytes = threads.getThreadAllocatedBytes(thread) - before;
        assertTrue(bytes < rounds, bytes + " bytes");
        assertTrue(shard.takeEvents().isEmpty());
    }
}
