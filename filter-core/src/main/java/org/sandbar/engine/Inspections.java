package org.sandbar.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.sandbar.alg.Armed;
import org.sandbar.alg.Gateway;
import org.sandbar.alg.Hole;
import org.sandbar.alg.Holes;
import org.sandbar.alg.Inspection;
import org.sandbar.alg.PinholeEvents;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.bytes.Text;
import org.sandbar.event.Event;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.ExpiringMap;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;

/**
 * Shows the packets of a shard's flows to the gateways that are armed on their ports, and tells what these would do. The shard's thread.
 */
final class Inspections implements Holes {
    /** Of a message that stands in a frame of its own, as in TPKT (RFC 1006), the frame is its start. */
    private static final int FRAME_BYTES = 4;

    private static final Inspection[] NONE = {};

    /** A hole through which a flow of the same two hosts, and so of this shard, may come that is to be looked into. */
    private record Expected(int transport, Address to, int toPort, Address from) {}

    private record Child(Hole hole, long untilNs) {}

    /** What the packet at hand opens: several filters agree as a rule, and are told together. */
    private record Opened(Hole hole, Event would, List<String> filters) {
        /** Whether this filter opens the same hole; it is then told with the others. */
        boolean isOpenedToo(Gateway gateway, Hole again) {
            if (!hole.isLike(again) || hole.dormant() != again.dormant() || filters.contains(gateway.filter())) {
                return false;
            }
            filters.add(gateway.filter());
            long lifetimeNs = Math.max((long) would.get(PinholeEvents.WOULD_LIFETIME), again.lifetimeNs());
            would.set(PinholeEvents.WOULD_LIFETIME, lifetimeNs);
            return true;
        }
    }

    private final List<Opened> opened = new ArrayList<>(2);
    private final ExpiringMap<Expected, Child> children;

    private final Gateway[] gateways;
    private final BitSet[] ports;
    private final FlowReader reader;
    private final int mostText;
    private final SingleFragments fragments;
    private Direction direction;
    private byte[] buffer;
    private int payloadOffset;
    private TrackedFlow flow;
    private long timeNs;

    Inspections(Armed armed, FlowReader reader) {
        gateways = Armed.GATEWAYS.toArray(new Gateway[0]);
        ports = new BitSet[gateways.length];
        for (int i = 0; i < gateways.length; i++) {
            ports[i] = new BitSet();
            armed.portsOf(gateways[i]).forEach(ports[i]::set);
        }
        fragments = new SingleFragments(armed, this);
        this.reader = reader;
        mostText = reader.limits().of(Bound.EVENT_TEXT_BYTES);
        children = new ExpiringMap<>(
                reader.limits().of(Bound.EXPECTED_CONNECTIONS), reader.limits().nanosOf(Bound.EXPECTED_SECONDS));
    }

    /** Those that look into a flow. */
    Inspection[] of(TrackedFlow flow) {
        List<Inspection> looking = null;
        Gateway inspector = children.isEmpty() ? null : inspectorOf(flow);
        if (inspector != null) {
            looking = new ArrayList<>(2);
            looking.add(inspector.inspect(flow, this));
        }
        for (int i = 0; i < gateways.length; i++) {
            boolean another = inspector == null || !gateways[i].filter().equals(inspector.filter());
            if (another && ports[i].get(flow.serverPort()) && gateways[i].transport() == flow.protocol()) {
                looking = looking == null ? new ArrayList<>(2) : looking;
                looking.add(gateways[i].inspect(flow, this));
            }
        }
        return looking == null ? NONE : looking.toArray(NONE);
    }

    /** Who looks into a flow that comes through a hole, in place of those that look at its port; null where it comes through none. */
    private Gateway inspectorOf(TrackedFlow flow) {
        while (children.takeExpired(flow.firstNs()) != null) {
            // What is over leaves the table empty, and new flows unasked.
        }
        Expected expected = new Expected(flow.protocol(), flow.server(), flow.serverPort(), flow.client());
        Child child = children.get(expected, flow.firstNs());
        if (child == null || child.untilNs < flow.firstNs()) {
            return null;
        }
        if (!child.hole.permanent()) {
            children.remove(expected);
        }
        return child.hole.inspector();
    }

    private void expect(Hole hole) {
        if (hole.inspector() == null) {
            return;
        }
        boolean joinsTheSame = hole.to().equals(flow.client()) && flow.server().equals(hole.from())
                || hole.to().equals(flow.server()) && flow.client().equals(hole.from());
        if (joinsTheSame) {
            Expected expected = new Expected(hole.transport(), hole.to(), hole.toPort(), hole.from());
            children.put(expected, new Child(hole, timeNs + hole.lifetimeNs()), timeNs);
        }
    }

    private String place(Gateway gateway, int from) {
        if (gateway == Armed.PER_FRAGMENT) {
            return "at-fragment-start";
        }
        return from - payloadOffset <= FRAME_BYTES ? "at-segment-start" : "within-segment";
    }

    /** A packet of the flow that the reader has turned to. */
    void show(TrackedFlow flow, Direction direction, Packet packet) {
        if (packet.reassembled) {
            turnTo(flow, direction, packet);
            fragments.show(flow, packet);
            opened.clear();
        }
        if (flow.inspections.length == 0) {
            return;
        }
        boolean answered = flow.protocol() != Packet.TCP || flow.packets(direction.reverse()) > 0;
        if (!answered) {
            return;
        }
        if (packet.payloadLength == 0) {
            for (Inspection inspection : flow.inspections) {
                inspection.seeEmpty(direction);
            }
            return;
        }
        turnTo(flow, direction, packet);
        for (Inspection inspection : flow.inspections) {
            inspection.see(direction, packet);
        }
        opened.clear();
    }

    private void turnTo(TrackedFlow flow, Direction direction, Packet packet) {
        this.flow = flow;
        this.direction = direction;
        buffer = packet.buffer;
        payloadOffset = packet.payloadOffset;
        timeNs = packet.timeNs;
    }

    @Override
    public void open(Gateway gateway, Hole hole, int from, int to) {
        expect(hole);
        for (int i = 0; i < opened.size(); i++) {
            if (opened.get(i).isOpenedToo(gateway, hole)) {
                return;
            }
        }
        Opened first = new Opened(hole, would(gateway, hole, from, to), new ArrayList<>(3));
        first.filters.add(gateway.filter());
        first.would.set(PinholeEvents.WOULD_FILTERS, first.filters);
        opened.add(first);
        reader.tell(first.would);
    }

    @Override
    public void close(Gateway gateway, Hole hole) {
        opened.clear();
        reader.tell(would(gateway, hole, 0, 0).set(PinholeEvents.WOULD_CLOSE, true));
    }

    private Event would(Gateway gateway, Hole hole, int from, int to) {
        return would(gateway, from, to)
                .set(PinholeEvents.WOULD_TRANSPORT, hole.transport())
                .set(PinholeEvents.WOULD_FROM, hole.from())
                .set(PinholeEvents.WOULD_TO, hole.to())
                .set(PinholeEvents.WOULD_PORT, hole.toPort())
                .set(PinholeEvents.WOULD_DORMANT, hole.dormant())
                .set(PinholeEvents.WOULD_LIFETIME, hole.lifetimeNs());
    }

    @Override
    public void drop(Gateway gateway, int from, int to) {
        reader.tell(would(gateway, from, to));
    }

    private Event would(Gateway gateway, int from, int to) {
        return reader.event(PinholeEvents.WOULD)
                .set(PinholeEvents.WOULD_FILTERS, List.of(gateway.filter()))
                .set(PinholeEvents.WOULD_GATEWAY, gateway.protocol())
                .set(PinholeEvents.WOULD_PLACE, place(gateway, from))
                .set(PinholeEvents.WOULD_SENDER, direction == Direction.TO_SERVER ? "client" : "server")
                .set(PinholeEvents.WOULD_TRIGGER, Text.of(buffer, from, to, mostText));
    }
}
