package org.sandbar.bench;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.capture.CaptureException;
import org.sandbar.capture.Captures;
import org.sandbar.capture.PacketBatch;
import org.sandbar.capture.PacketSource;
import org.sandbar.engine.Correlator;
import org.sandbar.engine.CorrelatorSettings;
import org.sandbar.engine.Shard;
import org.sandbar.engine.ShardSettings;
import org.sandbar.event.Event;
import org.sandbar.output.EventSink;
import org.sandbar.output.Format;

/**
 * What Jazzer calls with captures that it makes up, guided by which code they reach: both stages on one thread, and every format. A
 * parser's exception ends the run, as does a capture that takes too long or too much memory; {@code filter-bench/fuzz.sh} says how long
 * and how much.
 */
public final class Fuzz {
    private static final CorrelatorSettings STAGE_2 = Installation.here().correlatorSettings();
    private static final Limits LIMITS = Limits.USUAL;
    private static final ShardSettings STAGE_1 =
            ShardSettings.USUAL.withPluginPorts(port -> STAGE_2.trust().rangeOf(port) != null);

    private static final PacketBatch BATCH = new PacketBatch(LIMITS.of(Bound.BATCH_BYTES));

    private Fuzz() {}

    /** Looks into one capture. Jazzer calls it by this name. */
    public static void fuzzerTestOneInput(byte[] capture) {
        List<EventSink> sinks = new ArrayList<>();
        for (Format format : Format.values()) {
            sinks.add(format.sink(OutputStream.nullOutputStream(), format.toString(), false, Set.of()));
        }
        Correlator correlator = new Correlator(STAGE_2, sinks);
        Shard shard = new Shard(0, 1, STAGE_1);
        long packets = 0;
        try (PacketSource source = Captures.open(List.of("-"), new ByteArrayInputStream(capture))) {
            boolean more = true;
            while (more) {
                BATCH.clear(packets + 1);
                more = source.read(BATCH);
                packets += BATCH.count();
                look(shard.process(BATCH), correlator);
            }
        } catch (CaptureException noCapture) {
            // A file that is none, or ends early, is the user's to mend.
        }
        look(shard.finish(packets + 1), correlator);
        correlator.flush();
    }

    private static void look(List<Event> told, Correlator correlator) {
        told.forEach(correlator::accept);
    }
}
