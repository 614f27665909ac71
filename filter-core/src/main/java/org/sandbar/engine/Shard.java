package org.sandbar.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.sandbar.bytes.Limits;
import org.sandbar.capture.PacketBatch;
import org.sandbar.event.Event;
import org.sandbar.event.FlowEvents;
import org.sandbar.flow.Direction;
import org.sandbar.flow.Flow;
import org.sandbar.flow.FlowTable;
import org.sandbar.flow.Hash;
import org.sandbar.stream.Reassembler;
import org.sandbar.stream.StreamState;
import org.sandbar.wire.Checksums;
import org.sandbar.wire.Decoded;
import org.sandbar.wire.Decoder;
import org.sandbar.wire.Packet;

/**
 * Stage 1 for one share of the host pairs: packets in, events out. Every shard is given every packet, decodes it (so that fragments
 * and tunnels lead to the same hosts everywhere, and the clock is everyone's), and goes on with its own. One thread, nothing shared,
 * packet time only; nothing is allocated for a packet that tells nothing.
 */
public final class Shard {
    /** Time may go back by this much, as with several interfaces, before the clock follows. */
    private static final long BACKWARD_TOLERANCE_NS = 300_000_000_000L;

    private static final String CLOSED = "closed";
    private static final String TIMEOUT = "timeout";
    private static final String SHUTDOWN = "shutdown";

    private final int index;
    private final int shards;
    private final boolean verifyChecksums;
    private final Decoder decoder;
    private final FlowTable<TrackedFlow> flows;
    private final Reassembler reassembler;
    private final FlowReader reader;
    private final Inspections inspections;
    private final Counters counters = new Counters();
    private final Packet packet = new Packet();
    private long clockNs = Long.MIN_VALUE;
    /** The flow of the packet at hand; null where that belongs to none of this shard's. */
    private TrackedFlow flowAtHand;
    /** The flows that are to be ended when the run is over. */
    private Deque<TrackedFlow> left;

    /** The shard of this index among so many. */
    public Shard(int index, int shards, ShardSettings settings) {
        this.index = index;
        this.shards = shards;
        Limits limits = settings.limits();
        verifyChecksums = settings.verifyChecksums();
        decoder = new Decoder(limits);
        flows = new FlowTable<>(TrackedFlow::new, limits);
        reassembler = new Reassembler(limits);
        reader = new FlowReader(settings, reassembler, counters);
        inspections = new Inspections(settings.armed(), reader);
    }

    /** Takes a batch in and returns what it told, in order. The list is the caller's. */
    public List<Event> process(PacketBatch batch) {
        for (int i = 0; i < batch.count(); i++) {
            if (batch.isPassedOver(i)) {
                continue;
            }
            accept(
                    batch.buffer,
                    batch.offset[i],
                    batch.capturedLength[i],
                    batch.wireLength[i],
                    batch.linkType[i],
                    batch.timeNs[i],
                    batch.firstOrdinal() + i);
            if (batch.flow != null) {
                note(batch, i);
            }
        }
        if (batch.isTimePassed()) {
            see(batch.passedNs(), batch.firstOrdinal() + batch.count());
        }
        return takeEvents();
    }

    /** Each row is written by one shard alone. */
    void note(PacketBatch batch, int row) {
        if (flowAtHand != null) {
            batch.flow[row] = flowAtHand.firstOrdinal();
        }
        if (index == 0) {
            batch.datagram[row] = packet.datagram;
        }
    }

    /** Hands out what was told since the last call. */
    public List<Event> takeEvents() {
        return reader.takeEvents();
    }

    /** Takes one packet in. */
    public void accept(
            byte[] buffer, int offset, int capturedLength, int wireLength, int linkType, long timeNs, long ordinal) {
        see(timeNs, ordinal);
        packet.ordinal = ordinal;
        flowAtHand = null;
        Decoded outcome = decoder.decode(buffer, offset, capturedLength, wireLength, linkType, timeNs, packet);
        if (index == 0) {
            counters.packet(timeNs, wireLength);
            counters.decoded(outcome);
        }
        if (outcome == Decoded.FLOW && isMine() && (!verifyChecksums || isIntact())) {
            track(packet);
        }
    }

    /** Whether {@link #takeEvents} would hand out any. */
    boolean hasEvents() {
        return reader.hasEvents();
    }

    /** The flow of the packet that was taken in last, or null; valid until the next. */
    TrackedFlow flowAtHand() {
        return flowAtHand;
    }

    /** The packet that was taken in last, as it was decoded; valid until the next. */
    Packet packetAtHand() {
        return packet;
    }

    /** Nothing comes, and it is so late by now. */
    void see(long timeNs, long ordinal) {
        if (timeNs > clockNs || clockNs - timeNs > BACKWARD_TOLERANCE_NS) {
            advance(timeNs, ordinal);
        }
    }

    private boolean isIntact() {
        boolean intact = Checksums.valid(packet);
        if (!intact) {
            counters.badChecksum();
        }
        return intact;
    }

    private boolean isMine() {
        return shards == 1 || Long.remainderUnsigned(Hash.hostPair(packet), shards) == index;
    }

    /** Moves the clock, and ends the flows whose time has come before this packet is looked at. */
    private void advance(long timeNs, long ordinal) {
        if (timeNs < clockNs) {
            flows.stepBack(timeNs);
        }
        clockNs = timeNs;
        if (flows.isDue(timeNs)) {
            for (TrackedFlow flow : flows.expired(timeNs)) {
                remove(flow, TIMEOUT, ordinal);
            }
        }
    }

    private void track(Packet packet) {
        TrackedFlow flow = flows.find(packet);
        if (flow != null && packet.protocol == Packet.TCP) {
            if (isReuse(flow, packet)) {
                remove(flow, "tcp_reuse", packet.ordinal);
                flow = null;
            }
        }
        if (flow == null) {
            makeRoom(packet);
            flow = begin(packet);
        }
        flowAtHand = flow;
        if (flow.concluded) {
            return;
        }
        reader.turnTo(flow, packet.ordinal, packet.timeNs, false);
        Direction direction = flow.count(packet);
        inspections.show(flow, direction, packet);
        if (packet.protocol == Packet.TCP) {
            tcp(flow, direction, packet);
        } else if (flow.packets(direction.reverse()) > 0) {
            flow.establish();
        }
        if (packet.protocol == Packet.UDP && packet.payloadLength > 0) {
            noteSpeaker(flow, direction);
            reader.onData(direction, packet.buffer, packet.payloadOffset, packet.payloadLength);
        }
    }

    private void makeRoom(Packet packet) {
        TrackedFlow crowdedOut = flows.crowdedOut(packet);
        if (crowdedOut != null) {
            counters.crowdOut();
            remove(crowdedOut, "forced", packet.ordinal);
        }
    }

    private TrackedFlow begin(Packet packet) {
        TrackedFlow flow = flows.begin(packet);
        flow.opening = packet.tcpSequence;
        counters.flow();
        flow.inspections = inspections.of(flow);
        reader.turnTo(flow, packet.ordinal, packet.timeNs, false);
        reader.tell(reader.event(FlowEvents.FLOW).set(FlowEvents.PHASE, FlowEvents.BEGIN));
        return flow;
    }

    /** Whether a SYN, or the answer to one, shows that the ports of an old conversation are being used for a new one. */
    private static boolean isReuse(TrackedFlow flow, Packet packet) {
        if (!packet.has(Packet.SYN)) {
            return false;
        }
        if (!packet.has(Packet.ACK)) {
            flow.challenged = flow.state() != Flow.State.NEW && packet.tcpSequence != flow.opening;
            flow.challenge = packet.tcpSequence;
            return flow.state() == Flow.State.CLOSED;
        }
        return flow.challenged && packet.tcpAcknowledgement == flow.challenge + 1;
    }

    private void tcp(TrackedFlow flow, Direction direction, Packet packet) {
        StreamState sending = flow.stream(direction);
        StreamState receiving = flow.stream(direction.reverse());
        if (packet.has(Packet.RST)) {
            if (flow.state() != Flow.State.CLOSED && Reassembler.isPlausibleReset(sending, packet)) {
                finishStreams(flow);
                flows.closed(flow);
            }
            return;
        }
        if (packet.payloadLength > 0) {
            noteSpeaker(flow, direction);
            reader.show(direction, packet);
        }
        reassembler.accept(sending, receiving, direction, packet, reader);
        boolean answered = flow.packets(direction.reverse()) > 0 && !packet.has(Packet.SYN);
        if (flow.state() == Flow.State.NEW && (answered || flow.isMidstream())) {
            flow.establish();
        }
        if (sending.isFinSeen() && receiving.isFinSeen() && flow.state() != Flow.State.CLOSED) {
            flows.closed(flow);
        }
        if (sending.isFinAcknowledged() && receiving.isFinAcknowledged()) {
            end(flow, CLOSED, packet.ordinal);
            flow.concluded = true;
        }
    }

    private static void noteSpeaker(TrackedFlow flow, Direction direction) {
        if (flow.firstSpeaker == null) {
            flow.firstSpeaker = direction;
        }
    }

    private void finishStreams(TrackedFlow flow) {
        reassembler.finish(flow.stream(Direction.TO_SERVER), Direction.TO_SERVER, reader);
        reassembler.finish(flow.stream(Direction.TO_CLIENT), Direction.TO_CLIENT, reader);
    }

    /** Takes a flow out of the table. One that closed in order has told its end already and only stood for late packets. */
    private void remove(TrackedFlow flow, String reason, long ordinal) {
        if (!flow.concluded) {
            end(flow, reason, ordinal);
        }
        flows.remove(flow);
    }

    private void end(TrackedFlow flow, String reason, long ordinal) {
        reader.turnTo(flow, ordinal, clockNs, reason.equals(TIMEOUT) || reason.equals(SHUTDOWN));
        if (flow.protocol() == Packet.TCP) {
            finishStreams(flow);
        } else if (flow.analyzer != null) {
            reader.onEnd(Direction.TO_SERVER);
            reader.onEnd(Direction.TO_CLIENT);
        }
        Event event = FlowEvents.count(reader.event(FlowEvents.FLOW), flow)
                .set(FlowEvents.PHASE, FlowEvents.ENDED)
                .set(FlowEvents.REASON, reason)
                .set(FlowEvents.OVERLAP_DIFFERS, flow.overlapDiffers ? true : null)
                .set(FlowEvents.GAP_TO_SERVER, flow.stream(Direction.TO_SERVER).isGapped() ? true : null)
                .set(FlowEvents.GAP_TO_CLIENT, flow.stream(Direction.TO_CLIENT).isGapped() ? true : null);
        if (flow.protocol() == Packet.TCP) {
            event.set(
                            FlowEvents.PAYLOAD_TO_SERVER,
                            flow.stream(Direction.TO_SERVER).length())
                    .set(
                            FlowEvents.PAYLOAD_TO_CLIENT,
                            flow.stream(Direction.TO_CLIENT).length());
        }
        FlowReader.setFirstSpeaker(event, flow);
        reader.tell(event);
        flow.analyzer = null;
    }

    /** The run is over: ends all flows that are left. The ordinal is one beyond the last packet's. */
    public List<Event> finish(long ordinal) {
        return finish(ordinal, Long.MAX_VALUE);
    }

    /**
     * The run is over: ends the flows that are left and began before this packet, those that began first, first. There may be
     * millions, so it is called with one bound after another until {@link #isFinished}.
     */
    List<Event> finish(long ordinal, long begunBefore) {
        if (left == null) {
            left = new ArrayDeque<>(flows.all());
            counters.incompleteDatagrams(index == 0 ? decoder.incompleteDatagrams() : 0);
        }
        while (!left.isEmpty() && left.peek().firstOrdinal() < begunBefore) {
            remove(left.poll(), SHUTDOWN, ordinal);
        }
        return takeEvents();
    }

    boolean isFinished() {
        return left != null && left.isEmpty();
    }

    public Counters counters() {
        return counters;
    }
}
