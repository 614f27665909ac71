package org.sandbar.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.wire.Packet;

/**
 * The flows of a shard: open addressing over both directions' common hash, at most a quarter full, for what a look-up costs is the
 * memory it touches; flows pooled, ended on packet time. One thread. Finding a flow allocates nothing; a new one comes from the pool.
 * Bounded by {@link Bound#FLOWS}: beyond it the flow that ends soonest of a few looked at is ended to make room.
 */
public final class FlowTable<F extends Flow> {
    private static final int FIRST_CAPACITY = 1 << 12;
    private static final int EVICTION_LOOKS = 16;

    private final Supplier<F> maker;
    private final int most;
    private final long tcpIdleNs;
    private final long tcpOpeningNs;
    private final long udpIdleNs;
    private final long closedNs;
    private final TimerWheel<F> wheel = new TimerWheel<>();
    private final List<F> pool = new ArrayList<>();
    private final List<F> ended = new ArrayList<>();
    private Flow[] slots = new Flow[FIRST_CAPACITY];
    private int size;

    public FlowTable(Supplier<F> maker, Limits limits) {
        this.maker = maker;
        most = limits.of(Bound.FLOWS);
        tcpIdleNs = limits.nanosOf(Bound.TCP_IDLE_SECONDS);
        tcpOpeningNs = limits.nanosOf(Bound.TCP_OPENING_SECONDS);
        udpIdleNs = limits.nanosOf(Bound.UDP_IDLE_SECONDS);
        closedNs = limits.nanosOf(Bound.CLOSED_SECONDS);
    }

    static int sourcePort(Packet packet) {
        return isIcmp(packet) ? 0 : packet.sourcePort;
    }

    static int destinationPort(Packet packet) {
        return isIcmp(packet) ? 0 : packet.destinationPort;
    }

    private static boolean isIcmp(Packet packet) {
        return packet.protocol == Packet.ICMP || packet.protocol == Packet.ICMP_V6;
    }

    private static int vlans(Packet packet) {
        return switch (packet.vlanCount) {
            case 0 -> 0;
            case 1 -> packet.vlan[0] | 1 << 12;
            default -> packet.vlan[0] | 1 << 12 | (packet.vlan[1] | 1 << 12) << 16;
        };
    }

    /** The flow that the packet belongs to, or null. */
    @SuppressWarnings("unchecked")
    public F find(Packet packet) {
        int vlans = vlans(packet);
        int sourcePort = sourcePort(packet);
        int destinationPort = destinationPort(packet);
        long hash = Hash.endpoints(packet, sourcePort, destinationPort, vlans);
        Flow[] table = slots;
        int mask = table.length - 1;
        int at = (int) hash & mask;
        Flow flow = table[at];
        while (flow != null && !(flow.hash() == hash && flow.matches(packet, sourcePort, destinationPort, vlans))) {
            at = at + 1 & mask;
            flow = table[at];
        }
        return (F) flow;
    }

    /** Begins a flow with this packet; {@link #find} has returned null for it. */
    public F begin(Packet packet) {
        F flow = pool.isEmpty() ? maker.get() : pool.remove(pool.size() - 1);
        int vlans = vlans(packet);
        flow.begin(packet, Hash.endpoints(packet, sourcePort(packet), destinationPort(packet), vlans), vlans);
        if (4 * (size + 1) > slots.length) {
            grow();
        }
        insert(flow);
        size++;
        // Once established it may end sooner than while it opens, and the wheel hears of neither.
        wheel.add(flow, Math.min(deadlineNs(flow), flow.lastNs + tcpIdleNs));
        return flow;
    }

    private void insert(Flow flow) {
        int mask = slots.length - 1;
        int at = (int) flow.hash() & mask;
        while (slots[at] != null) {
            at = at + 1 & mask;
        }
        slots[at] = flow;
    }

    private void grow() {
        Flow[] before = slots;
        slots = new Flow[before.length * 2];
        for (Flow flow : before) {
            if (flow != null) {
                insert(flow);
            }
        }
    }

    /** The flow that has to end before another begins, where the table is full; otherwise null. */
    @SuppressWarnings("unchecked")
    public F crowdedOut(Packet packet) {
        if (size < most) {
            return null;
        }
        int mask = slots.length - 1;
        int at = (int) Hash.endpoints(packet, sourcePort(packet), destinationPort(packet), vlans(packet)) & mask;
        F soonest = null;
        for (int looked = 0; looked < EVICTION_LOOKS; at = at + 1 & mask) {
            F flow = (F) slots[at];
            if (flow != null) {
                looked++;
                soonest = soonest == null || deadlineNs(flow) < deadlineNs(soonest) ? flow : soonest;
            }
        }
        return soonest;
    }

    /** The flow is closed: it stays for late packets, then it ends. */
    public void closed(F flow) {
        flow.close();
        wheel.remove(flow);
        wheel.add(flow, deadlineNs(flow));
    }

    /** Takes a flow out. It is valid until the next {@link #begin}. */
    public void remove(F flow) {
        wheel.remove(flow);
        int mask = slots.length - 1;
        int at = (int) flow.hash() & mask;
        while (slots[at] != flow) {
            at = at + 1 & mask;
        }
        closeGap(at, mask);
        size--;
        pool.add(flow);
    }

    /** Moves later entries of the run forward, so that no look-up stops before them. */
    private void closeGap(int hole, int mask) {
        int at = hole;
        for (int next = at + 1 & mask; slots[next] != null; next = next + 1 & mask) {
            int home = (int) slots[next].hash() & mask;
            if ((next - home & mask) >= (next - at & mask)) {
                slots[at] = slots[next];
                at = next;
            }
        }
        slots[at] = null;
    }

    private long deadlineNs(Flow flow) {
        if (flow.state() == Flow.State.CLOSED) {
            return flow.lastNs + closedNs;
        }
        if (flow.protocol() != Packet.TCP) {
            return flow.lastNs + udpIdleNs;
        }
        return flow.lastNs + (flow.state() == Flow.State.NEW ? tcpOpeningNs : tcpIdleNs);
    }

    /** Time went back, as it does where captures of different days follow each other: deadlines are counted from here again. */
    public void stepBack(long nowNs) {
        wheel.stepBack(nowNs);
    }

    /** Whether {@link #expired} may have something to say; cheap, for every packet. */
    public boolean isDue(long nowNs) {
        return wheel.isDue(nowNs);
    }

    /** Flows whose time has come, the one that began first, first. The caller removes each. Valid until the next call. */
    public List<F> expired(long nowNs) {
        ended.clear();
        wheel.advance(nowNs, this::deadlineNs, ended);
        ended.sort((one, other) -> Long.compare(one.firstOrdinal(), other.firstOrdinal()));
        return ended;
    }

    /** All flows that are left, the one that began first, first. The caller removes each. */
    @SuppressWarnings("unchecked")
    public List<F> all() {
        ended.clear();
        for (Flow flow : slots) {
            if (flow != null) {
                ended.add((F) flow);
            }
        }
        ended.sort((one, other) -> Long.compare(one.firstOrdinal(), other.firstOrdinal()));
        return ended;
    }

    public int size() {
        return size;
    }
}
