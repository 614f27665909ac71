package org.sandbar.stream;

import java.util.Arrays;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.flow.Direction;
import org.sandbar.wire.Packet;

/**
 * Puts the segments of a shard's TCP flows in order and hands their bytes to the flow's handler: straight out of the packet where
 * they come in order, out of a copy where they came early. First bytes win. A gap is declared where the receiver acknowledged what was
 * never seen, where a bound is reached, after a time, or at the end. What the handler skips is passed over by count and never
 * copied, missing or not. One thread; nothing is allocated for a segment once the pools are warm. RFC 9293 sections 3.4 and 3.10.
 */
public final class Reassembler {
    private static final int RECENT_BYTES = 2_048;
    private static final int LONGEST_WINDOW = 1 << 30;
    /** How far from the expected number a reset may be and still be believed. */
    private static final int RESET_TOLERANCE = 1 << 16;

    private final BufferPool pool;
    private final EarlySegments early;
    private final int mostHeld;
    private final int mostHeldBytes;
    private final int mostUnfinished;
    private final long gapNs;

    public Reassembler(Limits limits) {
        pool = new BufferPool(limits.of(Bound.STREAM_MEMORY));
        early = new EarlySegments(pool);
        mostHeld = limits.of(Bound.PENDING_SEGMENTS);
        mostHeldBytes = limits.of(Bound.PENDING_BYTES);
        mostUnfinished = Math.min(limits.of(Bound.UNFINISHED_BYTES), BufferPool.MOST_BYTES);
        gapNs = limits.nanosOf(Bound.GAP_SECONDS);
    }

    /** Takes a packet of the flow whose directions are {@code sending} (the packet's own) and {@code receiving}. */
    public void accept(
            StreamState sending, StreamState receiving, Direction direction, Packet packet, StreamHandler handler) {
        if (packet.has(Packet.SYN)) {
            open(sending, receiving, packet);
        }
        if (packet.has(Packet.ACK)) {
            acknowledge(receiving, direction.reverse(), packet, handler);
        }
        int length = packet.payloadWireLength;
        if (packet.has(Packet.FIN) && !sending.finSeen && length >= 0) {
            sending.finSeen = true;
            sending.finAt = packet.tcpSequence + (packet.has(Packet.SYN) ? 1 : 0) + length;
            if (!sending.started && length == 0) {
                sending.start(sending.finAt);
            }
        }
        if (length > 0) {
            segment(sending, direction, packet, handler);
        }
        if (sending.finSeen && !sending.ended && sending.next == sending.finAt) {
            end(sending, direction, handler);
        }
    }

    private static void open(StreamState sending, StreamState receiving, Packet packet) {
        if (!sending.started) {
            sending.start(packet.tcpSequence + 1);
        }
        if (packet.has(Packet.ACK) && !receiving.started) {
            receiving.start(packet.tcpAcknowledgement);
        }
        receiving.peerWindowScale = WindowScale.of(packet);
    }

    private void acknowledge(StreamState stream, Direction direction, Packet packet, StreamHandler handler) {
        int to = packet.tcpAcknowledgement;
        if (!stream.acknowledged || to - stream.acknowledgedTo >= 0) {
            int scale = stream.peerWindowScale < 0 ? 14 : packet.has(Packet.SYN) ? 0 : stream.peerWindowScale;
            int windowEnd = to + Math.min(LONGEST_WINDOW, packet.tcpWindow << scale);
            // A window that shrinks takes nothing back.
            if (!stream.acknowledged || windowEnd - stream.windowEnd > 0) {
                stream.windowEnd = windowEnd;
            }
            stream.acknowledged = true;
            stream.acknowledgedTo = to;
            passOverUnseen(stream);
        }
        while (stream.held != null && to - stream.held.sequence >= 0) {
            declareGap(stream, direction, handler);
        }
        if (stream.isFinAcknowledged() && !stream.ended) {
            lose(stream, direction, stream.finAt - stream.next, handler);
            end(stream, direction, handler);
        }
    }

    /** What was acknowledged of bytes that are to be skipped need not come by; the last number may be that of a FIN. */
    private static void passOverUnseen(StreamState stream) {
        int unseen = stream.acknowledgedTo - 1 - stream.next;
        if (stream.started && unseen > 0 && isInsideSkip(stream, unseen)) {
            passOver(stream, unseen);
        }
    }

    private static void passOver(StreamState stream, int bytes) {
        stream.advance(bytes);
        stream.recentLength = 0;
        if (!stream.isUnwanted()) {
            stream.skip -= bytes;
        }
    }

    private void segment(StreamState stream, Direction direction, Packet packet, StreamHandler handler) {
        int sequence = firstByte(packet);
        if (!stream.started) {
            stream.start(sequence);
        }
        if (stream.isUnwanted() || stream.ended) {
            advanceUnwanted(stream, sequence + packet.payloadWireLength);
            return;
        }
        int ahead = sequence - stream.next;
        int length = packet.payloadLength;
        int cut = packet.payloadWireLength - length;
        if (ahead > 0) {
            if (!isInsideSkip(stream, ahead) || isImplausible(stream, sequence + length + cut, ahead + length + cut)) {
                hold(stream, direction, packet, sequence, ahead, handler);
                return;
            }
            passOver(stream, ahead);
            ahead = 0;
        }
        int old = Math.min(-ahead, length + cut);
        compareRecent(stream, direction, packet.buffer, packet.payloadOffset, Math.min(old, length), sequence, handler);
        if (old < length + cut) {
            int skippable = Math.min(old, length);
            deliver(stream, direction, packet.buffer, packet.payloadOffset + skippable, length - skippable, handler);
            lose(stream, direction, length + cut - Math.max(old, length), handler);
        }
        drain(stream, direction, handler);
    }

    /** Keeps the position of an unread direction roughly right, so that its end is seen. */
    private static void advanceUnwanted(StreamState stream, int end) {
        int ahead = end - stream.next;
        if (ahead > 0 && !isImplausible(stream, end, ahead)) {
            stream.advance(ahead);
        }
    }

    /** Whether bytes up to this number, so far ahead, lie where the receiver would not take them. */
    private static boolean isImplausible(StreamState stream, int end, int ahead) {
        boolean outsideWindow = stream.acknowledged && end - stream.windowEnd > 0;
        return ahead > LONGEST_WINDOW || outsideWindow && stream.peerWindowScale >= 0;
    }

    /** Sequence number of a packet's first byte of data: a SYN takes one. */
    public static int firstByte(Packet packet) {
        return packet.tcpSequence + (packet.has(Packet.SYN) ? 1 : 0);
    }

    /** Whether so many bytes from {@code next} on are all to be skipped anyway: a hole among them matters to nobody. */
    private static boolean isInsideSkip(StreamState stream, int bytes) {
        return stream.skip >= bytes && stream.held == null;
    }

    /** Hands on bytes that stand at {@code next}. */
    private void deliver(
            StreamState stream, Direction direction, byte[] buffer, int offset, int length, StreamHandler handler) {
        stream.advance(length);
        int skipped = (int) Math.min(stream.skip, length);
        if (skipped > 0) {
            stream.recentLength = 0;
            if (stream.skip != StreamHandler.SKIP_ALL) {
                stream.skip -= skipped;
            }
        }
        int from = offset + skipped;
        int left = length - skipped;
        if (left == 0) {
            return;
        }
        remember(stream, buffer, from, left);
        if (stream.unfinished == null) {
            long consumed = handler.onData(direction, buffer, from, left);
            settle(stream, direction, buffer, from, left, consumed, handler);
        } else {
            deliverBehindUnfinished(stream, direction, buffer, from, left, handler);
        }
    }

    private void deliverBehindUnfinished(
            StreamState stream, Direction direction, byte[] buffer, int offset, int length, StreamHandler handler) {
        int held = stream.unfinishedLength;
        if (!growUnfinished(stream, held + length)) {
            release(stream.unfinished);
            stream.unfinished = null;
            stream.unfinishedLength = 0;
            stream.gapped = true;
            handler.onGap(direction, held);
            if (!stream.isUnwanted()) {
                long consumed = handler.onData(direction, buffer, offset, length);
                settle(stream, direction, buffer, offset, length, consumed, handler);
            }
            return;
        }
        System.arraycopy(buffer, offset, stream.unfinished, held, length);
        byte[] joined = stream.unfinished;
        int total = held + length;
        stream.unfinished = null;
        stream.unfinishedLength = 0;
        long consumed = handler.onData(direction, joined, 0, total);
        settle(stream, direction, joined, 0, total, consumed, handler);
        release(joined);
    }

    private boolean growUnfinished(StreamState stream, int bytes) {
        if (bytes <= stream.unfinished.length) {
            return true;
        }
        byte[] larger = bytes > mostUnfinished ? null : pool.take(bytes);
        if (larger == null) {
            return false;
        }
        System.arraycopy(stream.unfinished, 0, larger, 0, stream.unfinishedLength);
        release(stream.unfinished);
        stream.unfinished = larger;
        return true;
    }

    /** Draws the consequences of what the handler consumed. */
    private void settle(
            StreamState stream,
            Direction direction,
            byte[] buffer,
            int offset,
            int length,
            long consumed,
            StreamHandler handler) {
        if (stream.isUnwanted()) {
            return;
        }
        if (consumed >= length) {
            stream.skip = consumed == StreamHandler.SKIP_ALL ? consumed : consumed - length;
            return;
        }
        int rest = length - (int) consumed;
        byte[] copy = rest > mostUnfinished ? null : pool.take(rest);
        if (copy == null) {
            stream.gapped = true;
            handler.onGap(direction, rest);
            return;
        }
        System.arraycopy(buffer, offset + (int) consumed, copy, 0, rest);
        stream.unfinished = copy;
        stream.unfinishedLength = rest;
    }

    /** Hands the unfinished bytes of a direction to the handler once more, for what has been learnt since. */
    public void offerAgain(StreamState stream, Direction direction, StreamHandler handler) {
        if (stream.unfinished == null || stream.isUnwanted()) {
            return;
        }
        byte[] bytes = stream.unfinished;
        int length = stream.unfinishedLength;
        stream.unfinished = null;
        stream.unfinishedLength = 0;
        long consumed = handler.onData(direction, bytes, 0, length);
        settle(stream, direction, bytes, 0, length, consumed, handler);
        release(bytes);
    }

    private void remember(StreamState stream, byte[] buffer, int offset, int length) {
        if (stream.recent == null) {
            stream.recentLength = 0;
            stream.recent = pool.isScarce() ? null : pool.take(RECENT_BYTES);
            if (stream.recent == null) {
                return;
            }
        }
        int kept = Math.min(length, RECENT_BYTES);
        int before = stream.recentLength;
        if (before + kept > RECENT_BYTES) {
            int dropped = before + kept - RECENT_BYTES;
            before -= dropped;
            System.arraycopy(stream.recent, dropped, stream.recent, 0, before);
        }
        System.arraycopy(buffer, offset + length - kept, stream.recent, before, kept);
        stream.recentLength = before + kept;
    }

    /**
     * Compares bytes that came again with those read first, as far as they are known; a keep-alive's byte is garbage (RFC 1122
     * section 4.2.3.6).
     */
    private static void compareRecent(
            StreamState stream,
            Direction direction,
            byte[] buffer,
            int offset,
            int length,
            int sequence,
            StreamHandler handler) {
        boolean keepAlive = length == 1 && sequence == stream.next - 1;
        if (length <= 0 || keepAlive || stream.recent == null || stream.recentLength == 0) {
            return;
        }
        int known = stream.next - stream.recentLength;
        int from = Math.max(0, known - sequence);
        int at = sequence + from - known;
        int count = Math.min(length - from, stream.recentLength - at);
        if (count > 0
                && at >= 0
                && !Arrays.equals(buffer, offset + from, offset + from + count, stream.recent, at, at + count)) {
            handler.onOverlap(direction);
        }
    }

    /** So many bytes at {@code next} will never come. */
    private void lose(StreamState stream, Direction direction, long missing, StreamHandler handler) {
        if (missing <= 0) {
            return;
        }
        stream.advance((int) missing);
        stream.recentLength = 0;
        long wanted = missing;
        if (stream.skip > 0) {
            long skipped = Math.min(stream.skip, missing);
            if (stream.skip != StreamHandler.SKIP_ALL) {
                stream.skip -= skipped;
            }
            wanted -= skipped;
        }
        if (wanted > 0) {
            releaseUnfinished(stream);
            stream.gapped = true;
            handler.onGap(direction, wanted);
        }
    }

    /** Keeps a segment that came early, where its bytes are new and plausible. */
    private void hold(
            StreamState stream, Direction direction, Packet packet, int sequence, int ahead, StreamHandler handler) {
        int end = sequence + packet.payloadWireLength;
        if (isImplausible(stream, end, end - stream.next)) {
            return;
        }
        if (early.insert(stream, packet, sequence)) {
            handler.onOverlap(direction);
        }
        boolean overdue = stream.held != null && packet.timeNs - stream.held.arrivedNs > gapNs;
        boolean known = stream.acknowledged && stream.held != null && stream.acknowledgedTo - stream.held.sequence >= 0;
        if (overdue || known) {
            declareGap(stream, direction, handler);
        }
        while (stream.heldCount > mostHeld || stream.heldBytes > mostHeldBytes) {
            declareGap(stream, direction, handler);
        }
    }

    /** What stands before the first held segment is given up. */
    private void declareGap(StreamState stream, Direction direction, StreamHandler handler) {
        lose(stream, direction, stream.held.sequence - stream.next, handler);
        drain(stream, direction, handler);
    }

    /** Hands on held segments as far as they join. */
    private void drain(StreamState stream, Direction direction, StreamHandler handler) {
        while (stream.held != null && stream.held.sequence - stream.next <= 0) {
            HeldSegment segment = early.takeFirst(stream);
            int old = stream.next - segment.sequence;
            compareRecent(
                    stream, direction, segment.bytes, 0, Math.min(old, segment.length), segment.sequence, handler);
            if (old < segment.length && !stream.isUnwanted()) {
                deliver(stream, direction, segment.bytes, old, segment.length - old, handler);
            }
            lose(stream, direction, segment.end() - stream.next, handler);
            early.recycle(segment);
        }
    }

    private void end(StreamState stream, Direction direction, StreamHandler handler) {
        stream.ended = true;
        handler.onEnd(direction);
        release(stream);
    }

    /** Whether a reset with this number is to be believed: a blind one is not (RFC 5961 section 3.2, leniently). */
    public static boolean isPlausibleReset(StreamState sending, Packet packet) {
        int ahead = packet.tcpSequence - sending.next;
        return !sending.started || ahead <= RESET_TOLERANCE && ahead >= -RESET_TOLERANCE;
    }

    /** The flow ends: what was held is handed on behind its gaps, then the direction ends. */
    public void finish(StreamState stream, Direction direction, StreamHandler handler) {
        while (stream.held != null && !stream.isUnwanted()) {
            declareGap(stream, direction, handler);
        }
        if (!stream.ended) {
            loseUnseenEnd(stream, direction, handler);
            end(stream, direction, handler);
        }
        release(stream);
    }

    /** Bytes before the FIN, or acknowledged, that never came, with nothing behind them that would have shown the hole. */
    private void loseUnseenEnd(StreamState stream, Direction direction, StreamHandler handler) {
        if (!stream.started || stream.isUnwanted()) {
            return;
        }
        if (stream.finSeen) {
            lose(stream, direction, stream.finAt - stream.next, handler);
        } else if (stream.acknowledged && stream.acknowledgedTo - stream.next > 1) {
            // One number alone may be that of a FIN which was not captured.
            lose(stream, direction, stream.acknowledgedTo - stream.next, handler);
        }
    }

    /** Gives the memory of a direction back. */
    public void release(StreamState stream) {
        while (stream.held != null) {
            early.recycle(early.takeFirst(stream));
        }
        releaseUnfinished(stream);
        if (stream.recent != null) {
            release(stream.recent);
            stream.recent = null;
        }
        stream.recentLength = 0;
    }

    private void releaseUnfinished(StreamState stream) {
        if (stream.unfinished != null) {
            release(stream.unfinished);
            stream.unfinished = null;
            stream.unfinishedLength = 0;
        }
    }

    private void release(byte[] buffer) {
        pool.give(buffer);
    }

    /** Bytes of memory that the streams of this shard hold now. */
    public long heldBytes() {
        return pool.given();
    }
}
