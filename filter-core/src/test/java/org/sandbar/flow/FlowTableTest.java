package org.sandbar.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.wire.Packet;

class FlowTableTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long START = 1_700_000_000L * SECOND;

    private final Packet packet = new Packet();

    private Packet udp(int client, int server, long seconds) {
        return packet(Packet.UDP, 0, client, server, seconds);
    }

    private Packet packet(int protocol, int flags, int client, int server, long seconds) {
        packet.ipVersion = 4;
        packet.protocol = protocol;
        packet.tcpFlags = flags;
        packet.sourceLow = 0x0a000000L + (client >>> 8);
        packet.sourcePort = 40_000 + (client & 0xff);
        packet.destinationLow = 0xc0000200L + server;
        packet.destinationPort = 53;
        packet.ordinal++;
        packet.timeNs = START + seconds * SECOND;
        return packet;
    }

    private static Packet reversed(Packet packet) {
        Packet back = new Packet();
        back.ipVersion = packet.ipVersion;
        back.protocol = packet.protocol;
        back.sourceLow = packet.destinationLow;
        back.sourcePort = packet.destinationPort;
        back.destinationLow = packet.sourceLow;
        back.destinationPort = packet.sourcePort;
        back.timeNs = packet.timeNs;
        return back;
    }

    private static FlowTable<Flow> table(Limits limits) {
        return new FlowTable<>(Flow::new, limits);
    }

    /** Whatever is put in and taken out, in any order, it finds what a map finds, from both sides. */
    @Test
    void findsWhatAMapFinds() {
        FlowTable<Flow> table = table(Limits.USUAL);
        Map<Integer, Flow> model = new HashMap<>();
        Random random = new Random(1);
        for (int step = 0; step < 200_000; step++) {
            int client = random.nextInt(9_000);
            Packet seen = udp(client, client % 7, 0);
            Flow found = table.find(seen);
            assertSame(model.get(client), found);
            assertSame(found, table.find(reversed(seen)));
            if (found == null) {
                model.put(client, table.begin(seen));
            } else if (random.nextInt(3) > 0) {
                table.remove(found);
                model.remove(client);
            }
            assertEquals(model.size(), table.size());
        }
        assertEquals(model.size(), table.all().size());
    }

    @Test
    void aVlanIsAnotherNetwork() {
        FlowTable<Flow> table = table(Limits.USUAL);
        table.begin(udp(1, 1, 0));
        packet.vlan[0] = 7;
        packet.vlanCount = 1;
        assertNull(table.find(packet));
    }

    @Test
    void idleFlowsEndInTheOrderInWhichTheyBegan() {
        FlowTable<Flow> table = table(Limits.USUAL);
        List<Flow> begun = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            begun.add(table.begin(udp(i * 37 % 500, 1, i % 3)));
        }
        int idle = Limits.USUAL.of(Bound.UDP_IDLE_SECONDS);
        assertTrue(expired(table, START + (idle - 1) * SECOND).isEmpty());
        List<Flow> ended = expired(table, START + (idle + 4) * SECOND);
        assertEquals(begun, ended);
        assertEquals(0, table.size());
    }

    private static List<Flow> expired(FlowTable<Flow> table, long nowNs) {
        List<Flow> ended = new ArrayList<>();
        if (table.isDue(nowNs)) {
            ended.addAll(table.expired(nowNs));
        }
        ended.forEach(table::remove);
        return ended;
    }

    /** Against a list: each flow ends at the first second that is past its time, however long or short that is. */
    @Test
    void deadlinesAreKept() {
        Limits limits = Limits.USUAL.with(Bound.UDP_IDLE_SECONDS, 900);
        FlowTable<Flow> table = table(limits);
        Map<Flow, Long> lastSeen = new HashMap<>();
        Random random = new Random(2);
        for (long second = 0; second < 6_000; second++) {
            for (Flow flow : expired(table, START + second * SECOND)) {
                long idle = second - lastSeen.remove(flow);
                assertTrue(idle >= 900 && idle <= 902, "idle for " + idle);
            }
            Packet seen = udp(random.nextInt(300), 1, second);
            Flow flow = table.find(seen);
            if (flow == null) {
                flow = table.begin(seen);
            }
            flow.count(seen);
            lastSeen.put(flow, second);
        }
        assertEquals(lastSeen.size(), table.size());
    }

    @Test
    void theFlowIdleForLongestMakesRoom() {
        FlowTable<Flow> table = table(Limits.USUAL.with(Bound.FLOWS, 16));
        for (int i = 0; i < 16; i++) {
            assertNull(table.crowdedOut(udp(i, 1, i)));
            table.begin(packet);
        }
        Flow out = table.crowdedOut(udp(99, 1, 20));
        assertNotNull(out);
        assertEquals(START, out.firstNs());
        table.remove(out);
        table.begin(packet);
        assertEquals(16, table.size());
    }

    /** A capture of an earlier day follows: flows of the later one do not keep those of the earlier from ending. */
    @Test
    void timeMayStepBack() {
        FlowTable<Flow> table = table(Limits.USUAL);
        table.begin(udp(1, 1, 1_000_000));
        assertTrue(expired(table, START + 1_000_000 * SECOND).isEmpty());
        table.stepBack(START);
        Flow earlier = table.begin(udp(2, 1, 0));
        assertEquals(List.of(earlier), expired(table, START + 100 * SECOND));
        assertEquals(1, table.size());
    }

    @Test
    void aClosedFlowStaysForLatePackets() {
        FlowTable<Flow> table = table(Limits.USUAL);
        Flow flow = table.begin(packet(Packet.TCP, Packet.SYN, 1, 1, 0));
        flow.establish();
        table.closed(flow);
        assertEquals(Flow.State.CLOSED, flow.state());
        assertTrue(expired(table, START + 4 * SECOND).isEmpty());
        assertEquals(List.of(flow), expired(table, START + 7 * SECOND));
        assertFalse(table.isDue(START));
    }

    /** Where no SYN tells: the server's port is the one that is more like a service's. */
    @Test
    void whoIsTheServer() {
        int[][] clientAndServer = {
            {40_000, 10_080},
            {850, 10_080},
            {700, 2_049},
            {8_080, 53},
            {40_000, 30_000},
            {30_000, 700},
            {50_000, 40_000}
        };
        for (int[] ports : clientAndServer) {
            Packet first = udp(1, 1, 0);
            first.sourcePort = ports[0];
            first.destinationPort = ports[1];
            assertEquals(ports[1], table(Limits.USUAL).begin(first).serverPort());
            if (ports[1] < 40_000) {
                assertEquals(
                        ports[1], table(Limits.USUAL).begin(reversed(first)).serverPort());
            }
        }
    }
}
