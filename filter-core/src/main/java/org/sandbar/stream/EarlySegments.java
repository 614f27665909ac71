package org.sandbar.stream;

import java.util.Arrays;
import org.sandbar.wire.Packet;

/**
 * The segments that came before their time, of all streams of a shard: kept sorted and without overlaps, the first bytes of an overlap
 * winning, in copies from the pool. One thread.
 */
final class EarlySegments {
    private final BufferPool pool;
    private HeldSegment spare;

    EarlySegments(BufferPool pool) {
        this.pool = pool;
    }

    /** Keeps what is new of a packet's payload; says whether what is not new has other bytes than those that came first. */
    boolean insert(StreamState stream, Packet packet, int sequence) {
        int from = 0;
        int length = packet.payloadLength;
        int cut = packet.payloadWireLength - length;
        HeldSegment before = null;
        HeldSegment after = stream.held;
        boolean differs = false;
        while (from < length) {
            while (after != null && after.end() - (sequence + from) <= 0) {
                before = after;
                after = after.next;
            }
            int room = after == null ? length - from : Math.min(length - from, after.sequence - (sequence + from));
            if (room > 0) {
                int cutHere = from + room == length && after == null ? cut : 0;
                HeldSegment piece = copy(packet, packet.payloadOffset + from, room, sequence + from, cutHere);
                if (piece == null) {
                    break;
                }
                piece.next = after;
                if (before == null) {
                    stream.held = piece;
                } else {
                    before.next = piece;
                }
                before = piece;
                stream.heldCount++;
                stream.heldBytes += room;
                from += room;
            } else {
                int overlap = Math.min(length - from, after.end() - (sequence + from));
                differs |= differs(after, packet, sequence, from, overlap);
                from += overlap;
            }
        }
        return differs;
    }

    private static boolean differs(HeldSegment held, Packet packet, int sequence, int from, int overlap) {
        int at = sequence + from - held.sequence;
        int count = Math.min(overlap, held.length - at);
        int offset = packet.payloadOffset + from;
        return count > 0 && !Arrays.equals(packet.buffer, offset, offset + count, held.bytes, at, at + count);
    }

    private HeldSegment copy(Packet packet, int offset, int length, int sequence, int cut) {
        byte[] bytes = pool.take(length);
        if (bytes == null) {
            return null;
        }
        HeldSegment segment = spare == null ? new HeldSegment() : spare;
        spare = segment.next;
        System.arraycopy(packet.buffer, offset, bytes, 0, length);
        segment.bytes = bytes;
        segment.sequence = sequence;
        segment.length = length;
        segment.cut = cut;
        segment.arrivedNs = packet.timeNs;
        segment.next = null;
        return segment;
    }

    /** Takes the first held segment out; it is given back by {@link #recycle}. */
    HeldSegment takeFirst(StreamState stream) {
        HeldSegment first = stream.held;
        stream.heldCount--;
        stream.heldBytes -= first.length;
        stream.held = first.next;
        return first;
    }

    void recycle(HeldSegment segment) {
        pool.give(segment.bytes);
        segment.bytes = null;
        segment.next = spare;
        spare = segment;
    }
}
