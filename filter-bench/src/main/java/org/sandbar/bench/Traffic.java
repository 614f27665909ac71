package org.sandbar.bench;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.sandbar.bench.mix.TrafficMix;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.capture.Captures;
import org.sandbar.capture.PacketBatch;
import org.sandbar.capture.PacketSource;
import org.sandbar.engine.Correlator;
import org.sandbar.engine.Shard;
import org.sandbar.engine.ShardSettings;
import org.sandbar.event.Event;
import org.sandbar.flow.Flow;
import org.sandbar.flow.FlowTable;
import org.sandbar.output.EventSink;
import org.sandbar.output.Statistics;
import org.sandbar.verdict.Alert;
import org.sandbar.wire.Packet;

/** A small mix in memory, and what benchmarks need of it. */
final class Traffic {
    private static final int PACKETS = 20_000;
    private static final int CONCURRENT = 200;

    private Traffic() {}

    static List<PacketBatch> batches() {
        byte[] capture = new TrafficMix(PACKETS, 1, CONCURRENT).bytes();
        List<PacketBatch> batches = new ArrayList<>();
        long packets = 0;
        try (PacketSource source = Captures.open(List.of("-"), new ByteArrayInputStream(capture))) {
            boolean more = true;
            while (more) {
                PacketBatch batch = new PacketBatch(Limits.USUAL.of(Bound.BATCH_BYTES));
                batch.clear(packets + 1);
                more = source.read(batch);
                packets += batch.count();
                if (more) {
                    batches.add(batch);
                }
            }
        }
        return batches;
    }

    /** The first event of the mix for which this holds, as it would be written: with its flow's trust and verdict. */
    static Event event(Predicate<Event> wanted) {
        Installation installation = Installation.here();
        Written written = new Written();
        Correlator correlator = new Correlator(installation.correlatorSettings(), List.of(written));
        Shard shard = new Shard(0, 1, ShardSettings.USUAL);
        batches().forEach(batch -> shard.process(batch).forEach(correlator::accept));
        shard.finish(Long.MAX_VALUE).forEach(correlator::accept);
        return written.events.stream().filter(wanted).findFirst().orElseThrow();
    }

    private static final class Written implements EventSink {
        final List<Event> events = new ArrayList<>();

        @Override
        public void event(Event event) {
            events.add(event);
        }

        @Override
        public void alert(Alert alert) {
            // The event that it is about comes by itself.
        }

        @Override
        public void statistics(Statistics statistics) {
            // Nobody asks.
        }

        @Override
        public void flush() {
            // Nothing leaves the program.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    /** A TCP packet from one host to another, without bytes. */
    static Packet packet(long source, int sourcePort, long destination, int destinationPort, int flags) {
        Packet packet = new Packet();
        packet.ipVersion = 4;
        packet.protocol = Packet.TCP;
        packet.sourceLow = source;
        packet.sourcePort = sourcePort;
        packet.destinationLow = destination;
        packet.destinationPort = destinationPort;
        packet.tcpFlags = flags;
        packet.ordinal = 1;
        return packet;
    }

    /** A flow to that port of a server. */
    static Flow flow(int serverPort) {
        Packet syn = packet(0x0a010001, 40_000, 0xc6120001L, serverPort, Packet.SYN);
        return new FlowTable<>(Flow::new, Limits.USUAL).begin(syn);
    }
}
