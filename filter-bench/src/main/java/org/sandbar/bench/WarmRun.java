package org.sandbar.bench;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.capture.CaptureException;
import org.sandbar.capture.Captures;
import org.sandbar.capture.PacketBatch;
import org.sandbar.capture.PacketSource;
import org.sandbar.engine.Correlator;
import org.sandbar.engine.CorrelatorSettings;
import org.sandbar.engine.Pipeline;
import org.sandbar.engine.Shard;
import org.sandbar.engine.ShardSettings;
import org.sandbar.event.Event;
import org.sandbar.output.EventSink;
import org.sandbar.output.Format;
import org.sandbar.trust.TrustTable;

/** The same replay as the command's, in this JVM, so that what the JIT compiled for one run serves the next. One thread calls it. */
final class WarmRun {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Supplier<PacketSource> capture;
    private final CorrelatorSettings stage2;
    private final TrustTable trust;

    /** Bytes allocated for each packet by stage 1 with the reader, and by both stages with the output. */
    record Allocation(double stage1, double all) {}

    private WarmRun(Installation installation, Supplier<PacketSource> capture) {
        this.capture = capture;
        stage2 = installation.correlatorSettings();
        trust = installation.trust();
    }

    static WarmRun of(Installation installation, Path capture) {
        return new WarmRun(
                installation, () -> Captures.open(List.of(capture.toString()), InputStream.nullInputStream()));
    }

    static WarmRun of(Installation installation, byte[] capture) {
        return new WarmRun(installation, () -> Captures.open(List.of("-"), new ByteArrayInputStream(capture)));
    }

    private static List<EventSink> sinks(Format format, OutputStream out) {
        return List.of(format.sink(out, format.toString(), false, Set.of()));
    }

    private Correlator correlator(List<EventSink> sinks) {
        return new Correlator(stage2, sinks);
    }

    /** Runs the whole pipeline with EVE; returns how many nanoseconds that took. */
    long run(int shards, OutputStream eve) {
        return run(shards, sinks(Format.EVE, eve));
    }

    /** The same with lines of that format. */
    long run(int shards, Format format, OutputStream out) {
        return run(shards, sinks(format, out));
    }

    /** The same without any output. */
    long runSilently(int shards) {
        return run(shards, List.of());
    }

    /** Everything that a run says, to be said again. */
    Told told() {
        Told told = new Told();
        run(1, List.of(told));
        return told;
    }

    private long run(int shards, List<EventSink> sinks) {
        long startNs = System.nanoTime();
        try (PacketSource source = capture.get()) {
            Correlator correlator = correlator(sinks);
            Pipeline pipeline = new Pipeline(source, shards, ShardSettings.USUAL.withPluginPorts(this::isPluginPort));
            pipeline.start();
            List<CaptureException> unreadable = pipeline.run(correlator, (bytes, packets) -> {});
            correlator.flush();
            if (!unreadable.isEmpty()) {
                throw unreadable.get(0);
            }
        }
        return System.nanoTime() - startNs;
    }

    /**
     * Runs both stages on the calling thread, as the pipeline does them on several, because a thread's allocation can be asked for only
     * while it lives, and the pipeline's threads end with the run.
     */
    Allocation allocation() {
        Shard shard = new Shard(0, 1, ShardSettings.USUAL.withPluginPorts(this::isPluginPort));
        Correlator correlator = correlator(sinks(Format.EVE, OutputStream.nullOutputStream()));
        PacketBatch batch = new PacketBatch(Limits.USUAL.of(Bound.BATCH_BYTES));
        long packets = 0;
        long stage1 = 0;
        long start = allocated();
        try (PacketSource source = capture.get()) {
            boolean more = true;
            while (more) {
                long before = allocated();
                batch.clear(packets + 1);
                more = source.read(batch);
                packets += batch.count();
                List<Event> told = shard.process(batch);
                if (!more) {
                    told.addAll(shard.finish(packets + 1));
                }
                stage1 += allocated() - before;
                told.forEach(correlator::accept);
            }
        }
        correlator.flush();
        return new Allocation((double) stage1 / packets, (double) (allocated() - start) / packets);
    }

    private boolean isPluginPort(int port) {
        return trust.rangeOf(port) != null;
    }

    private static long allocated() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
