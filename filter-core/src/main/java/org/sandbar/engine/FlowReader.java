package org.sandbar.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.sandbar.bytes.Limits;
import org.sandbar.event.Common;
import org.sandbar.event.Event;
import org.sandbar.event.EventKind;
import org.sandbar.event.FlowEvents;
import org.sandbar.event.Signal;
import org.sandbar.flow.Direction;
import org.sandbar.flow.Flow;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Output;
import org.sandbar.protocol.Protocol;
import org.sandbar.protocol.Unrecognised;
import org.sandbar.stream.Reassembler;
import org.sandbar.stream.StreamHandler;
import org.sandbar.wire.Packet;

/**
 * Between the streams of a shard's flows and their analyzers: finds who reads a flow, hands the bytes on, and collects what is told,
 * stamped with the packet at hand. It turns to one flow at a time. The shard's thread alone.
 */
final class FlowReader implements StreamHandler, Output {
    /** Tunnels in tunnels come to an end. */
    private static final int MOST_HAND_OVERS = 8;
    /** First bytes of a flow that are told, and from how many on they tell anything. */
    private static final int MOST_OPENING_BYTES = 64;

    private static final int LEAST_OPENING_BYTES = 8;

    private final Limits limits;
    private final Reassembler reassembler;
    private final Recognition recognition;
    private final Counters counters;
    private final IntPredicate pluginPorts;
    private List<Event> events = new ArrayList<>();

    /** What the calls from both sides are about. */
    private TrackedFlow current;

    private long currentOrdinal;
    private long currentNs;
    /** What is told now is told by the passing of time, not by a packet. */
    private boolean byClock;
    /** The call from below names the sides as they were before the content corrected them. */
    private boolean turned;

    FlowReader(ShardSettings settings, Reassembler reassembler, Counters counters) {
        this.reassembler = reassembler;
        this.counters = counters;
        limits = settings.limits();
        pluginPorts = settings.pluginPorts();
        recognition = new Recognition(settings.protocols(), limits);
    }

    /** What comes now is of this flow, and brought by this packet, or by the time that it brought. */
    void turnTo(TrackedFlow flow, long ordinal, long timeNs, boolean clock) {
        current = flow;
        currentOrdinal = ordinal;
        currentNs = timeNs;
        byClock = clock;
        turned = false;
    }

    boolean hasEvents() {
        return !events.isEmpty();
    }

    /** Hands out what was told since the last call. */
    List<Event> takeEvents() {
        List<Event> told = events;
        events = new ArrayList<>();
        return told;
    }

    /** Shows the analyzer of the flow a segment as it came. */
    void show(Direction direction, Packet packet) {
        TrackedFlow flow = current;
        if (flow.analyzer == null) {
            return;
        }
        long position = flow.stream(direction).positionOf(Reassembler.firstByte(packet));
        try {
            if (packet.has(Packet.URG) && packet.tcpUrgent > 0) {
                flow.analyzer.onUrgent(direction, position + packet.tcpUrgent - 1);
            }
            flow.analyzer.onSegment(direction, packet.buffer, packet.payloadOffset, packet.payloadLength, position);
        } catch (RuntimeException defect) {
            caught(flow, defect);
        }
    }

    private Direction actual(Direction direction) {
        return turned ? direction.reverse() : direction;
    }

    @Override
    public long onData(Direction named, byte[] buffer, int offset, int length) {
        TrackedFlow flow = current;
        Direction direction = actual(named);
        if (!flow.opened && direction == flow.firstSpeaker) {
            open(flow, buffer, offset, length);
        }
        if (flow.analyzer != null) {
            return analyze(flow, direction, buffer, offset, length);
        }
        if (flow.unknown) {
            return SKIP_ALL;
        }
        switch (recognition.ask(flow, direction, buffer, offset, length)) {
            case WAIT:
                return flow.protocol() == Packet.TCP ? 0 : length;
            case PASS:
                return length;
            case FOUND:
                return recognised(flow, direction, buffer, offset, length);
            case FOUND_REVERSED:
                flow.swapSides();
                turned = !turned;
                return recognised(flow, direction.reverse(), buffer, offset, length);
            default:
                return unrecognised(flow, direction, buffer, offset, length);
        }
    }

    private void open(TrackedFlow flow, byte[] buffer, int offset, int length) {
        flow.opened = length >= LEAST_OPENING_BYTES || flow.protocol() != Packet.TCP;
        if (flow.opened && flow.protocol() == Packet.TCP) {
            int told = Math.min(length, MOST_OPENING_BYTES);
            tell(event(FlowEvents.OPENING)
                    .set(FlowEvents.OPENING_BYTES, new String(buffer, offset, told, StandardCharsets.ISO_8859_1))
                    .set(FlowEvents.OPENING_SPEAKER, speaker(flow)));
        }
    }

    /** Nobody knows the protocol: on a plugin's port it is measured, bytes that waited of the other direction first, and else left. */
    private long unrecognised(TrackedFlow flow, Direction direction, byte[] buffer, int offset, int length) {
        flow.unknown = true;
        if (flow.protocol() != Packet.TCP || !pluginPorts.test(flow.serverPort())) {
            giveUp(flow);
            return SKIP_ALL;
        }
        flow.analyzer = new Unrecognised(this);
        Direction other = direction.reverse();
        reassembler.offerAgain(flow.stream(other), actual(other), this);
        return flow.analyzer == null ? SKIP_ALL : analyze(flow, direction, buffer, offset, length);
    }

    /** Who reads the flow is known: what waited of the other direction came first, and is read first. */
    private long recognised(TrackedFlow flow, Direction direction, byte[] buffer, int offset, int length) {
        begin(flow, recognition.found());
        Direction other = direction.reverse();
        reassembler.offerAgain(flow.stream(other), actual(other), this);
        return flow.analyzer == null ? SKIP_ALL : analyze(flow, direction, buffer, offset, length);
    }

    /** The protocol takes the flow over as it stands: a direction that ended before has ended for it too. */
    private void begin(TrackedFlow flow, Protocol protocol) {
        flow.protocol = protocol;
        counters.recognised(flow.protocol.name());
        Event event = FlowEvents.count(event(FlowEvents.FLOW), flow).set(FlowEvents.PHASE, FlowEvents.RECOGNISED);
        setFirstSpeaker(event, flow);
        tell(event);
        flow.analyzer = flow.protocol.analyzer(this);
        for (Direction direction : Direction.values()) {
            if (flow.stream(direction).isEnded()) {
                onEnd(actual(direction));
            }
        }
    }

    private long analyze(TrackedFlow flow, Direction direction, byte[] buffer, int offset, int length) {
        try {
            long consumed = flow.analyzer.onData(direction, buffer, offset, length);
            return flow.handedOver ? handOn(flow, direction, buffer, offset, length, consumed) : consumed;
        } catch (RuntimeException defect) {
            caught(flow, defect);
            return SKIP_ALL;
        }
    }

    /** The heir takes what is left of these bytes, and what waits of the other direction. */
    private long handOn(TrackedFlow flow, Direction direction, byte[] buffer, int offset, int length, long consumed) {
        flow.handedOver = false;
        flow.analyzer = null;
        flow.excluded = 0;
        flow.probedSegments = 0;
        if (++flow.handOvers > MOST_HAND_OVERS) {
            giveUp(flow);
            return SKIP_ALL;
        }
        Protocol heir = recognition.named(flow.heir, flow.protocol());
        if (heir != null) {
            begin(flow, heir);
        }
        long left = length - consumed;
        long more = left > 0 ? onData(actual(direction), buffer, offset + (int) consumed, (int) left) : 0;
        Direction other = direction.reverse();
        reassembler.offerAgain(flow.stream(other), actual(other), this);
        return flow.unknown && flow.analyzer == null || more == SKIP_ALL ? SKIP_ALL : consumed + more;
    }

    @Override
    public void onGap(Direction named, long missing) {
        TrackedFlow flow = current;
        if (flow.analyzer != null) {
            try {
                flow.analyzer.onGap(actual(named), missing);
            } catch (RuntimeException defect) {
                caught(flow, defect);
            }
        }
    }

    @Override
    public void onEnd(Direction named) {
        TrackedFlow flow = current;
        if (flow.analyzer != null) {
            try {
                flow.analyzer.onEnd(actual(named));
            } catch (RuntimeException defect) {
                caught(flow, defect);
            }
        }
    }

    @Override
    public void onOverlap(Direction direction) {
        current.overlapDiffers = true;
    }

    /** A defect of an analyzer must not cost the run: its flow goes on unread, and the summary says so. */
    private void caught(TrackedFlow flow, RuntimeException defect) {
        StackTraceElement[] stack = defect.getStackTrace();
        counters.fault(defect + (stack.length > 0 ? " at " + stack[0] : ""));
        giveUp(flow);
    }

    private static void giveUp(TrackedFlow flow) {
        flow.unknown = true;
        flow.analyzer = null;
        flow.unwant();
    }

    static void setFirstSpeaker(Event event, TrackedFlow flow) {
        if (flow.firstSpeaker != null) {
            event.set(FlowEvents.FIRST_SPEAKER, speaker(flow));
        }
    }

    private static String speaker(TrackedFlow flow) {
        return flow.firstSpeaker == Direction.TO_SERVER ? "client" : "server";
    }

    @Override
    public Flow flow() {
        return current;
    }

    @Override
    public boolean isTunnelled() {
        return current.handOvers > 0;
    }

    @Override
    public long position(Direction direction) {
        return current.stream(direction).position();
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public Event event(EventKind kind) {
        Event event = byClock
                ? Event.before(kind, current.conversation(), currentOrdinal, currentNs)
                : Event.at(kind, current.conversation(), currentOrdinal, currentNs);
        if (current.protocol != null) {
            event.set(Common.APP_PROTO, current.protocol.name());
        } else if (current.unknown) {
            event.set(Common.APP_PROTO, "failed");
        }
        return event;
    }

    @Override
    public void tell(Event event) {
        events.add(event);
    }

    @Override
    public void evidence(Signal signal, String detail) {
        if (current.state(signal)) {
            tell(event(FlowEvents.EVIDENCE)
                    .set(FlowEvents.SIGNAL, signal.name())
                    .set(FlowEvents.DETAIL, detail));
        }
    }

    @Override
    public void handOver(String protocol) {
        current.handedOver = true;
        current.heir = protocol;
    }

    @Override
    public Analyzer body(String protocol, String asker) {
        Protocol reader = recognition.named(protocol, Packet.TCP);
        return reader == null ? null : reader.body(this, asker);
    }

    @Override
    public void offerAgain(Direction direction) {
        reassembler.offerAgain(current.stream(direction), actual(direction), this);
    }

    @Override
    public void lose(Direction direction) {
        current.stream(direction).lose();
    }

    @Override
    public void abandon() {
        giveUp(current);
    }
}
