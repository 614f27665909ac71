package org.sandbar.engine;

import java.util.List;
import java.util.Map;
import org.sandbar.capture.PacketBatch;
import org.sandbar.event.Event;
import org.sandbar.output.EventSink;
import org.sandbar.output.PacketKeeper;
import org.sandbar.trust.TrustClass;
import org.sandbar.verdict.Answer;
import org.sandbar.verdict.Decision;
import org.sandbar.verdict.Policy;
import org.sandbar.wire.Packet;

/**
 * Both stages on one thread, a packet at a time, each answered with what is to become of it: by then, all that it made known has been
 * weighed, so a command's answer has opened the way for the connection that it leads to. One thread, that of {@link #decide}; a reload may
 * be asked of the correlator by any.
 */
public final class Inline {
    private static final int LONGEST_PACKET = 1 << 17;

    private final Shard shard;
    private final Handling handling;
    private final Correlator correlator;
    private final PacketKeeper keeper;
    /** The packet at hand, for the keeper. */
    private final PacketBatch noted;

    private long ordinal;
    private long dropped;
    private long rejected;

    /**
     * @param simulated nothing is stopped; it is only told
     * @param keeper keeps packets, or null; it is among the sinks too
     */
    public Inline(
            ShardSettings stage1,
            CorrelatorSettings stage2,
            Map<TrustClass, Policy> policies,
            boolean simulated,
            PacketKeeper keeper,
            List<EventSink> sinks) {
        shard = new Shard(0, 1, stage1);
        handling = new Handling(policies, simulated, stage1.limits());
        correlator = new Correlator(stage2, handling, sinks);
        this.keeper = keeper;
        noted = keeper == null ? null : new PacketBatch(LONGEST_PACKET, true);
    }

    /** Takes in one packet, and says what becomes of it. The bytes are the caller's, and valid during the call alone. */
    public Decision decide(byte[] buffer, int offset, int length, int linkType, long timeNs) {
        correlator.beginBatch();
        shard.accept(buffer, offset, length, length, linkType, timeNs, ++ordinal);
        if (keeper != null) {
            note(buffer, offset, length, linkType, timeNs);
        }
        if (shard.hasEvents()) {
            tell(shard.takeEvents());
        }
        TrackedFlow flow = shard.flowAtHand();
        Decision decision = handling.decide(flow, shard.packetAtHand());
        if (decision.answer() != Answer.ACCEPT) {
            stop(flow, decision);
        }
        if (keeper != null) {
            keeper.takeRest();
        }
        return decision;
    }

    private void note(byte[] buffer, int offset, int length, int linkType, long timeNs) {
        noted.clear(ordinal);
        System.arraycopy(buffer, offset, noted.buffer, 0, length);
        noted.add(0, length, length, timeNs, linkType);
        shard.note(noted, 0);
        keeper.show(noted);
    }

    private void stop(TrackedFlow flow, Decision decision) {
        dropped += decision.answer() == Answer.DROP ? 1 : 0;
        rejected += decision.answer() == Answer.REJECT ? 1 : 0;
        Event stopped = handling.stop(flow, shard.packetAtHand(), decision);
        if (stopped != null) {
            correlator.accept(stopped);
        }
    }

    private void tell(List<Event> events) {
        for (int i = 0; i < events.size(); i++) {
            correlator.accept(events.get(i));
        }
    }

    /** The packet that was decided last, as it was decoded; valid until the next. */
    public Packet packet() {
        return shard.packetAtHand();
    }

    /** Nothing has come, and it is so late by now, in nanoseconds since 1970. */
    public void passTime(long timeNs) {
        correlator.beginBatch();
        shard.see(timeNs, ordinal + 1);
        tell(shard.takeEvents());
    }

    /** The run is over: ends the flows that are left. */
    public void finish() {
        tell(shard.finish(ordinal + 1));
    }

    public Correlator correlator() {
        return correlator;
    }

    /** What stage 1 has counted so far. */
    public Counters counters() {
        return shard.counters().copy();
    }

    /** Packets that were dropped, or would have been. */
    public long dropped() {
        return dropped;
    }

    /** The same for those that were rejected. */
    public long rejected() {
        return rejected;
    }

    /** Ways that were opened for data connections. */
    public long opened() {
        return handling.opened();
    }

    /** Those of them through which one came. */
    public long used() {
        return handling.used();
    }
}
