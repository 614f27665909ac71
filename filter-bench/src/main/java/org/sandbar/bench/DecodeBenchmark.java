package org.sandbar.bench;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.sandbar.bytes.Limits;
import org.sandbar.capture.PacketBatch;
import org.sandbar.wire.Decoded;
import org.sandbar.wire.Decoder;
import org.sandbar.wire.Packet;

/** What it costs to decode a frame of the mix, one after another. */
@State(Scope.Thread)
public class DecodeBenchmark extends AsLaunched {
    private final Decoder decoder = new Decoder(Limits.USUAL);
    private final Packet packet = new Packet();
    private List<PacketBatch> batches;
    private PacketBatch batch;
    private int nextBatch;
    private int next;

    @Setup
    public void prepare() {
        batches = Traffic.batches();
        batch = batches.get(0);
    }

    @Benchmark
    public Decoded packet() {
        if (next == batch.count()) {
            nextBatch = (nextBatch + 1) % batches.size();
            batch = batches.get(nextBatch);
            next = 0;
        }
        int i = next++;
        return decoder.decode(
                batch.buffer,
                batch.offset[i],
                batch.capturedLength[i],
                batch.wireLength[i],
                batch.linkType[i],
                batch.timeNs[i],
                packet);
    }
}
