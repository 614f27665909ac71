package org.sandbar.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.sandbar.bytes.Limits;
import org.sandbar.flow.Direction;
import org.sandbar.stream.Reassembler;
import org.sandbar.stream.StreamHandler;
import org.sandbar.stream.StreamState;
import org.sandbar.wire.Packet;

/** What it costs to put a full segment in order and to hand it on, where the network kept the order and where it did not. */
@State(Scope.Thread)
public class ReassemblyBenchmark extends AsLaunched implements StreamHandler {
    private static final int SEGMENT = 1_460;
    private static final int SWAPPED_ONE_IN = 10;

    private final Reassembler reassembler = new Reassembler(Limits.USUAL);
    private final StreamState client = new StreamState();
    private final StreamState server = new StreamState();
    private Packet packet;
    private long segments;
    private long bytes;

    @Setup
    public void open() {
        packet = Traffic.packet(0x0a010001, 40_000, 0xc6120001L, 80, Packet.SYN);
        packet.buffer = new byte[SEGMENT];
        reassembler.accept(client, server, Direction.TO_SERVER, packet, this);
        packet.tcpFlags = Packet.ACK | Packet.SYN;
        packet.tcpAcknowledgement = 1;
        reassembler.accept(server, client, Direction.TO_CLIENT, packet, this);
        packet.tcpFlags = Packet.ACK;
        packet.payloadLength = SEGMENT;
        packet.payloadWireLength = SEGMENT;
        packet.tcpWindow = 0xffff;
    }

    @Benchmark
    public long inOrder() {
        return send(segments++);
    }

    /** Of each ten segments the last two change places. */
    @Benchmark
    public long everyTenthSwapped() {
        long segment = segments++;
        long place = segment % SWAPPED_ONE_IN;
        return send(place == SWAPPED_ONE_IN - 2 ? segment + 1 : place == SWAPPED_ONE_IN - 1 ? segment - 1 : segment);
    }

    private long send(long segment) {
        packet.tcpSequence = 1 + (int) (segment * SEGMENT);
        packet.timeNs = segments * 1_000;
        reassembler.accept(server, client, Direction.TO_CLIENT, packet, this);
        return bytes;
    }

    @Override
    public long onData(Direction direction, byte[] buffer, int offset, int length) {
        bytes += length;
        return length;
    }

    @Override
    public void onGap(Direction direction, long missing) {
        throw new IllegalStateException("nothing was lost");
    }

    @Override
    public void onEnd(Direction direction) {
        throw new IllegalStateException("nothing was closed");
    }

    @Override
    public void onOverlap(Direction direction) {
        throw new IllegalStateException("nothing was sent twice");
    }
}
