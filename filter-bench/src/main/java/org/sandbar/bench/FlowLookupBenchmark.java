package org.sandbar.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.sandbar.bytes.Limits;
import org.sandbar.flow.Flow;
import org.sandbar.flow.FlowTable;
import org.sandbar.wire.Packet;

/** What it costs to find a packet's flow among others, where each packet is of another flow than the one before. */
@State(Scope.Thread)
public class FlowLookupBenchmark extends AsLaunched {
    /** Far apart and in no order that a cache foresees, yet the same flows in every run. */
    private static final int STRIDE = 0x9e3779b1;

    @Param({"10000", "1000000"})
    public int flows;

    private final Packet packet = Traffic.packet(0, 0, 0xc6120001L, 80, Packet.SYN);
    private FlowTable<Flow> table;
    private int step;

    @Setup
    public void fill() {
        table = new FlowTable<>(Flow::new, Limits.USUAL);
        for (int flow = 0; flow < flows; flow++) {
            aim(flow);
            table.begin(packet);
        }
        packet.tcpFlags = Packet.ACK;
    }

    private void aim(int flow) {
        packet.sourceLow = 0x0a000000L + flow / 50_000;
        packet.sourcePort = 10_000 + flow % 50_000;
    }

    @Benchmark
    public Flow find() {
        step += STRIDE;
        aim(Integer.remainderUnsigned(step, flows));
        return table.find(packet);
    }
}
