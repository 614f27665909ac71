package org.sandbar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.capture.LinkType;
import org.sandbar.capture.PacketBatch;
import org.sandbar.event.Event;
import org.sandbar.event.FlowEvents;
import org.sandbar.wire.Packet;

/** When a TCP flow begins and ends, and what is told of it. */
class FlowLifeTest {
    private static final int SYN = Packet.SYN;
    private static final int ACK = Packet.ACK;
    private static final int FIN = Packet.FIN;
    private static final int RST = Packet.RST;

    private final List<Segment> segments = new ArrayList<>();
    private double seconds = 1_700_000_000;

    private FlowLifeTest client(int flags, int sequence, int acknowledgement, String data) {
        return say(true, flags, sequence, acknowledgement, data);
    }

    private FlowLifeTest server(int flags, int sequence, int acknowledgement, String data) {
        return say(false, flags, sequence, acknowledgement, data);
    }

    private FlowLifeTest say(boolean client, int flags, int sequence, int acknowledgement, String data) {
        seconds += 0.001;
        segments.add(
                Segment.of(client, 21, sequence, acknowledgement, flags, data).at((long) (seconds * 1e9)));
        return this;
    }

    private FlowLifeTest later(double pause) {
        seconds += pause;
        return this;
    }

    private FlowLifeTest opened(int client, int server) {
        return client(SYN, client - 1, 0, "")
                .server(SYN | ACK, server - 1, client, "")
                .client(ACK, client, server, "");
    }

    private List<String> ends() {
        return ends(Limits.USUAL);
    }

    private List<String> ends(Limits limits) {
        return Play.of(segments, limits).ends().stream().map(FlowLifeTest::text).toList();
    }

    private static String text(Event end) {
        return end.text(FlowEvents.STATE)
                + ' '
                + end.text(FlowEvents.REASON)
                + ' '
                + end.get(FlowEvents.PACKETS_TO_SERVER)
                + '+'
                + end.get(FlowEvents.PACKETS_TO_CLIENT);
    }

    @Test
    void closedByBoth() {
        opened(100, 500)
                .client(FIN | ACK, 100, 500, "")
                .server(FIN | ACK, 500, 101, "")
                .client(ACK, 101, 501, "");
        assertEquals(List.of("closed closed 4+2"), ends());
    }

    @Test
    void closedByAReset() {
        opened(100, 500).server(RST, 500, 0, "");
        assertEquals(List.of("closed shutdown 2+2"), ends());
    }

    @Test
    void notClosedByABlindReset() {
        opened(100, 500).server(RST, 500 + (1 << 24), 0, "").client(ACK, 100, 500, "USER a\r\n");
        assertEquals(List.of("established shutdown 3+2"), ends());
    }

    @Test
    void aRefusedConnection() {
        client(SYN, 99, 0, "").server(RST | ACK, 0, 100, "");
        assertEquals(List.of("closed shutdown 1+1"), ends());
    }

    @Test
    void aSynThatIsSentAgainIsOneFlow() {
        client(SYN, 99, 0, "").client(SYN, 99, 0, "").client(SYN, 99, 0, "").opened(100, 500);
        assertEquals(List.of("established shutdown 5+1"), ends());
    }

    @Test
    void anotherSynOnAnOpenConnectionIsOneFlow() {
        opened(100, 500).client(SYN, 7_000, 0, "").server(ACK, 500, 100, "").client(ACK, 100, 500, "");
        assertEquals(List.of("established shutdown 4+2"), ends());
    }

    @Test
    void thePortsOfAClosedConnectionServeAgain() {
        opened(100, 500)
                .client(FIN | ACK, 100, 500, "")
                .server(FIN | ACK, 500, 101, "")
                .client(ACK, 101, 501, "");
        opened(9_000, 80_000);
        assertEquals(List.of("closed closed 4+2", "established shutdown 2+1"), ends());
    }

    @Test
    void thePortsOfAForgottenConnectionServeAgain() {
        opened(100, 500).opened(9_000, 80_000).client(ACK, 9_000, 80_000, "USER a\r\n");
        Play play = Play.of(segments);
        assertEquals(2, play.ends().size());
        assertEquals("tcp_reuse", play.ends().get(0).text(FlowEvents.REASON));
        assertFalse(play.isGapped());
    }

    @Test
    void idleFlowsEndOnTheTimeOfPackets() {
        Limits limits = Limits.USUAL.with(Bound.TCP_IDLE_SECONDS, 10);
        opened(100, 500).later(9).client(ACK, 100, 500, "").later(12);
        opened(9_000, 80_000);
        assertEquals(List.of("established timeout 3+1", "established shutdown 2+1"), ends(limits));
    }

    /** As a live capture tells it of a quiet interface; also where the clock was put back by an hour meanwhile. */
    @ParameterizedTest
    @ValueSource(longs = {0, 3_600})
    void idleFlowsEndWithoutPackets(long putBackSeconds) {
        opened(100, 500);
        Shard shard = new Shard(0, 1, ShardSettings.USUAL.with(Limits.USUAL.with(Bound.TCP_IDLE_SECONDS, 10)));
        long nowNs = 0;
        long ordinal = 1;
        for (Segment segment : segments) {
            byte[] packet = segment.packet();
            nowNs = segment.timeNs();
            shard.accept(packet, 0, packet.length, packet.length, LinkType.RAW, nowNs, ordinal++);
        }
        shard.takeEvents();
        nowNs -= putBackSeconds * 1_000_000_000L;
        assertEquals(0, passTime(shard, ordinal, nowNs).size());
        // What was seen before the clock was put back ends when its time comes again, at the latest.
        nowNs += (putBackSeconds + 12) * 1_000_000_000L;
        List<Event> told = passTime(shard, ordinal, nowNs);
        assertEquals(
                List.of("timeout"),
                told.stream().map(end -> end.text(FlowEvents.REASON)).toList());
        assertEquals(nowNs, told.get(0).timeNs());
        assertEquals(ordinal, told.get(0).ordinal());
    }

    private static List<Event> passTime(Shard shard, long ordinal, long timeNs) {
        PacketBatch batch = new PacketBatch(64);
        batch.clear(ordinal);
        batch.passTime(timeNs);
        return shard.process(batch);
    }

    @Test
    void anUnansweredSynEndsSooner() {
        Limits limits = Limits.USUAL.with(Bound.TCP_OPENING_SECONDS, 3);
        client(SYN, 99, 0, "").later(6).client(SYN, 99, 0, "");
        assertEquals(List.of("new timeout 1+0", "new shutdown 1+0"), ends(limits));
    }

    @Test
    void joinedInMidStreamTheWellKnownPortIsTheServers() {
        server(ACK, 500, 100, "220 ready\r\n");
        Event end = Play.of(segments).ends().get(0);
        assertTrue(end.flow().isMidstream());
        assertEquals(21, end.flow().serverPort());
        assertEquals("established shutdown 0+1", text(end));
    }

    @Test
    void differingOverlapsAreTold() {
        opened(100, 500).client(ACK, 100, 500, "USER a\r\n").client(ACK, 100, 500, "USER b\r\n");
        assertTrue(Play.of(segments).ends().get(0).is(FlowEvents.OVERLAP_DIFFERS));
    }
}
