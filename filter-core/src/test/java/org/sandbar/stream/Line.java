package org.sandbar.stream;

import java.nio.charset.StandardCharsets;
import java.util.function.ToLongFunction;
import org.sandbar.bytes.Limits;
import org.sandbar.flow.Direction;
import org.sandbar.wire.Packet;

/**
 * One TCP connection into a reassembler, for tests: segments go in, and what comes out of the client's direction is written down:
 * its bytes, {@code [n]} for a gap of n, {@code !} for an overlap that differs, {@code .} for the end. The server's stands after it.
 */
final class Line implements StreamHandler {
    final Reassembler reassembler;
    final StreamState toServer = new StreamState();
    final StreamState toClient = new StreamState();
    private final StringBuilder client = new StringBuilder();
    private final StringBuilder server = new StringBuilder();
    private final Packet packet = new Packet();
    private ToLongFunction<String> reader = String::length;
    private long timeNs;

    Line(Limits limits) {
        reassembler = new Reassembler(limits);
    }

    /** How much of what is offered the handler consumes. */
    Line reading(ToLongFunction<String> reader) {
        this.reader = reader;
        return this;
    }

    Line later(double seconds) {
        timeNs += (long) (seconds * 1e9);
        return this;
    }

    Line client(int flags, int sequence, String data) {
        return segment(Direction.TO_SERVER, flags, sequence, 0, data, data.length());
    }

    Line client(int sequence, String data) {
        return client(0, sequence, data);
    }

    /** Of {@code wireLength} bytes the capture holds only these. */
    Line cut(int sequence, String data, int wireLength) {
        return segment(Direction.TO_SERVER, 0, sequence, 0, data, wireLength);
    }

    Line serverAcknowledges(int to) {
        return segment(Direction.TO_CLIENT, Packet.ACK, 0, to, "", 0);
    }

    Line server(int flags, int sequence, int acknowledgement, String data) {
        return segment(Direction.TO_CLIENT, flags, sequence, acknowledgement, data, data.length());
    }

    private Line segment(
            Direction direction, int flags, int sequence, int acknowledgement, String data, int wireLength) {
        packet.protocol = Packet.TCP;
        packet.buffer = ("x".repeat(7) + data).getBytes(StandardCharsets.ISO_8859_1);
        packet.payloadOffset = 7;
        packet.payloadLength = data.length();
        packet.payloadWireLength = wireLength;
        packet.tcpFlags = flags;
        packet.tcpSequence = sequence;
        packet.tcpAcknowledgement = acknowledgement;
        packet.tcpWindow = 0xffff;
        packet.timeNs = timeNs;
        boolean up = direction == Direction.TO_SERVER;
        reassembler.accept(up ? toServer : toClient, up ? toClient : toServer, direction, packet, this);
        return this;
    }

    Line finish() {
        reassembler.finish(toServer, Direction.TO_SERVER, this);
        reassembler.finish(toClient, Direction.TO_CLIENT, this);
        return this;
    }

    String heard() {
        return client.toString();
    }

    String answered() {
        return server.toString();
    }

    private StringBuilder log(Direction direction) {
        return direction == Direction.TO_SERVER ? client : server;
    }

    @Override
    public long onData(Direction direction, byte[] buffer, int offset, int length) {
        String data = new String(buffer, offset, length, StandardCharsets.ISO_8859_1);
        long consumed = reader.applyAsLong(data);
        log(direction).append(data, 0, (int) Math.min(consumed, length));
        return consumed;
    }

    @Override
    public void onGap(Direction direction, long missing) {
        log(direction).append('[').append(missing).append(']');
    }

    @Override
    public void onEnd(Direction direction) {
        log(direction).append('.');
    }

    @Override
    public void onOverlap(Direction direction) {
        log(direction).append('!');
    }
}
