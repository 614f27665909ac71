package org.sandbar.cli;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sandbar.capture.LinkType;
import org.sandbar.capture.live.PacketQueue;
import org.sandbar.capture.live.RawSocket;
import org.sandbar.engine.Inline;
import org.sandbar.engine.ShardSettings;
import org.sandbar.output.EventSink;
import org.sandbar.trust.Owners;
import org.sandbar.verdict.Answer;
import org.sandbar.verdict.Decision;
import org.sandbar.wire.Packet;
import org.sandbar.wire.Rejection;

/** One run of guard: what {@link Session} is to the commands that only look. Used once, by the command's thread. */
final class Guarding implements PacketQueue.Judge {
    private static final int WAIT_MILLISECONDS = 100;
    private static final long FLUSH_NS = 200_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;

    private final Console console;
    private final RunOptions options;
    private final boolean simulated;
    private final int markMask;
    private final long statisticsNs;
    private final Outlets outlets;
    private final Inline inline;
    private final Reload reload;
    private final Rejection rejection = new Rejection();
    private final AtomicBoolean printAsked = new AtomicBoolean();
    private RawSocket socket;
    private volatile boolean stopped;

    /** Loads what is decided by and opens the outputs, so that no packet waits for it. */
    Guarding(Console console, RunOptions options, boolean simulated, boolean offload, int statisticsSeconds) {
        this.console = console;
        this.options = options;
        this.simulated = simulated;
        markMask = offload ? ~0 : ~(Decision.READ | Decision.SKIPPED);
        statisticsNs = statisticsSeconds == 0 ? Long.MAX_VALUE : TimeUnit.SECONDS.toNanos(statisticsSeconds);
        Settings settings = options.settings();
        Knowledge knowledge = Knowledge.load(Knowledge.trust(settings), options.ruleFiles(), settings);
        knowledge.rules().warnings().forEach(console::say);
        ShardSettings stage1 = settings.shardSettings(
                options.verifyChecksums(), port -> knowledge.trust().rangeOf(port) != null);
        // Packets wait for no receiver, and whoever reads standard output decides nothing.
        outlets = new Outlets(console, options, settings.limits(), false);
        List<EventSink> sinks = outlets.open(null);
        inline = new Inline(
                stage1,
                knowledge.correlatorSettings(Owners.NONE, settings),
                settings.policies(),
                simulated,
                outlets.keeper(),
                sinks);
        if (outlets.metrics() != null) {
            outlets.metrics().describe(inline);
        }
        reload = new Reload(console, options, inline.correlator(), outlets.outputs(), knowledge.rules());
    }

    /**
     * Decides packets until a signal comes.
     *
     * @param begun is called when signals are heeded
     * @param leave takes away what brings packets here, before the last of them are decided
     */
    int run(PacketQueue queue, RawSocket socket, Runnable begun, Runnable leave) {
        this.socket = socket;
        long beganNs = System.nanoTime();
        Signals printing = Signals.heed("USR1", () -> printAsked.set(true));
        Signals reloading = Signals.heed("HUP", reload::run);
        try (StopSignals signals = StopSignals.heed(() -> stopped = true)) {
            begun.run();
            serve(queue, beganNs);
            return signals.endWith(end(queue, leave, beganNs));
        } finally {
            printing.close();
            reloading.close();
            outlets.close();
        }
    }

    private void serve(PacketQueue queue, long beganNs) {
        long flushedNs = beganNs;
        long toldNs = beganNs;
        long quietNs = beganNs;
        while (!stopped) {
            int served = queue.serve(this, WAIT_MILLISECONDS);
            long nowNs = System.nanoTime();
            if (served > 0) {
                quietNs = nowNs;
            } else if (nowNs - quietNs >= SECOND_NS) {
                quietNs = nowNs;
                inline.passTime(TimeUnit.MILLISECONDS.toNanos(Instant.now().toEpochMilli()) - SECOND_NS);
            }
            if (nowNs - flushedNs >= FLUSH_NS) {
                flushedNs = nowNs;
                inline.correlator().flush();
                reload.tellExpired();
                measure(queue);
            }
            if (nowNs - toldNs >= statisticsNs) {
                toldNs = nowNs;
                tellStatistics(queue, false);
            }
            if (printAsked.getAndSet(false)) {
                print(queue, beganNs);
            }
        }
    }

    private int end(PacketQueue queue, Runnable leave, long beganNs) {
        leave.run();
        // What waits is still decided; where others than guard brought it here, it goes on coming.
        long patientNs = System.nanoTime() + SECOND_NS;
        while (queue.serve(this, 0) > 0 && System.nanoTime() < patientNs) {}
        inline.finish();
        tellStatistics(queue, true);
        if (!options.quiet()) {
            print(queue, beganNs);
        }
        return outlets.end(inline.correlator().worst());
    }

    private void tellStatistics(PacketQueue queue, boolean atEnd) {
        Map<String, Map<String, Long>> counts = outlets.deliveries().counts();
        inline.correlator().tellStatistics(inline.counters(), queue.reception(), counts, atEnd);
    }

    private void measure(PacketQueue queue) {
        if (outlets.metrics() != null) {
            outlets.metrics().beat();
            outlets.metrics().update(inline.counters(), queue.reception());
        }
    }

    private void print(PacketQueue queue, long beganNs) {
        double seconds = (System.nanoTime() - beganNs) / 1e9;
        Summary.print(console.messages(), inline.counters(), inline.correlator(), queue.reception(), seconds);
        Summary.print(console.messages(), inline, simulated);
    }

    @Override
    public int judge(byte[] buffer, int offset, int length, long timeNs) {
        Decision decision = inline.decide(buffer, offset, length, LinkType.RAW, timeNs);
        if (simulated) {
            return 0;
        }
        if (decision.answer() == Answer.ACCEPT) {
            return decision.mark() & markMask;
        }
        if (decision.answer() == Answer.REJECT) {
            reject(inline.packet(), offset);
        }
        return PacketQueue.DROP;
    }

    /** What is within a tunnel is only dropped: its ends are not on this network. */
    private void reject(Packet packet, int offset) {
        if (packet.ipOffset == offset || packet.reassembled) {
            send(packet, rejection.toSender(packet));
            send(packet, rejection.toReceiver(packet));
        }
    }

    private void send(Packet packet, int length) {
        if (length > 0) {
            socket.send(rejection.buffer, length, packet.ipVersion, Rejection.destination(packet));
        }
    }
}
