package org.sandbar.cli;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sandbar.capture.PacketSource;
import org.sandbar.engine.Correlator;
import org.sandbar.engine.Counters;
import org.sandbar.engine.Pipeline;

/**
 * What a run says of itself, while it goes on and at its end: events leave the program within a moment where they are live, statistics
 * are told every interval, SIGUSR1 prints them for people, a terminal shows how far the run has come. On the thread of stage 2.
 */
final class Reports implements Pipeline.Progress {
    private static final long FLUSH_NS = 200_000_000L;
    private static final long MEASURE_NS = 1_000_000_000L;

    private final Console console;
    private final PacketSource source;
    private final Pipeline pipeline;
    private final Correlator correlator;
    private final Outlets outlets;
    private final Metrics metrics;
    private final Reload reload;
    private final ProgressLine line;
    private final boolean live;
    private final long intervalNs;
    private final long startNs = System.nanoTime();
    private final AtomicBoolean printAsked;
    private boolean printing;
    private boolean telling;
    private boolean measuring;
    private long measuredNs = startNs;
    private long flushedNs = startNs;
    private long toldNs = startNs;

    /**
     * @param intervalSeconds after how long statistics are told, again and again; 0 for at the end alone
     * @param printAsked is set, by any thread, when statistics are to be printed
     */
    Reports(
            Console console,
            PacketSource source,
            Pipeline pipeline,
            Correlator correlator,
            Outlets outlets,
            int intervalSeconds,
            AtomicBoolean printAsked,
            Reload reload) {
        this.console = console;
        this.source = source;
        this.pipeline = pipeline;
        this.correlator = correlator;
        this.outlets = outlets;
        this.reload = reload;
        metrics = outlets.metrics();
        this.printAsked = printAsked;
        boolean shown = console.messagesIsTerminal() && !outlets.isQuiet() && !console.dataIsTerminal();
        line = new ProgressLine(shown ? console.messages() : null, source.totalBytes(), correlator);
        live = source.reception() != null;
        intervalNs = intervalSeconds == 0 ? Long.MAX_VALUE : TimeUnit.SECONDS.toNanos(intervalSeconds);
    }

    @Override
    public void reached(long sourceBytes, long packets) {
        line.reached(sourceBytes, packets);
        long nowNs = System.nanoTime();
        if (nowNs - toldNs >= intervalNs) {
            toldNs = nowNs;
            telling = true;
            pipeline.askCounters();
        }
        if (printAsked.getAndSet(false)) {
            printing = true;
            pipeline.askCounters();
        }
        if (metrics != null) {
            metrics.beat();
            if (nowNs - measuredNs >= MEASURE_NS) {
                measuredNs = nowNs;
                measuring = true;
                pipeline.askCounters();
            }
        }
        if (nowNs - flushedNs >= FLUSH_NS) {
            flushedNs = nowNs;
            reload.tellExpired();
            if (live) {
                correlator.flush();
            }
        }
    }

    @Override
    public void counted(Counters counters) {
        if (telling) {
            correlator.tellStatistics(
                    counters, source.reception(), outlets.deliveries().counts(), false);
        }
        if (printing) {
            print(counters);
        }
        if (measuring) {
            metrics.update(counters, source.reception());
        }
        telling = false;
        measuring = false;
        printing = false;
    }

    /** How the run stands at its end, as an event. */
    void tell() {
        if (metrics != null) {
            metrics.update(pipeline.counters(), source.reception());
        }
        correlator.tellStatistics(
                pipeline.counters(), source.reception(), outlets.deliveries().counts(), true);
        correlator.flush();
    }

    /** How the run stands at its end, for people. */
    void print() {
        print(pipeline.counters());
    }

    private void print(Counters counters) {
        line.erase();
        double seconds = (System.nanoTime() - startNs) / 1e9;
        Summary.print(console.messages(), counters, correlator, source.reception(), seconds);
    }

    /** The terminal is needed for something else. */
    void erase() {
        line.erase();
    }
}
