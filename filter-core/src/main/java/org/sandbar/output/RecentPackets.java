package org.sandbar.output;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Consumer;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.capture.PacketBatch;

/**
 * The latest packets of a run that belong to flows, in pages that are filled one after another; beyond {@link Bound#KEPT_BYTES} the
 * oldest page goes, and is filled anew. The bytes are copies. One thread.
 */
final class RecentPackets {
    /** A run of packets. The rows before {@code settled} have been dealt with, as far as anybody knows by now. */
    static final class Page {
        final PacketBatch packets;
        final long[] ordinal;
        int settled;
        private int usedBytes;

        Page(int bytes) {
            packets = new PacketBatch(bytes, true);
            ordinal = new long[packets.offset.length];
        }

        private boolean hasRoomFor(int length) {
            return !packets.isFull() && length <= packets.buffer.length - usedBytes;
        }

        /** The first row of this ordinal or a later one. */
        private int rowFrom(long wanted) {
            int found = Arrays.binarySearch(ordinal, 0, packets.count(), wanted);
            return found < 0 ? -found - 1 : found;
        }

        private void clear() {
            packets.clear(0);
            settled = 0;
            usedBytes = 0;
        }

        private void add(PacketBatch batch, int row) {
            int at = packets.count();
            int length = batch.capturedLength[row];
            System.arraycopy(batch.buffer, batch.offset[row], packets.buffer, usedBytes, length);
            packets.add(usedBytes, length, batch.wireLength[row], batch.timeNs[row], batch.linkType[row]);
            packets.seenOn[at] = batch.seenOn[row];
            packets.flow[at] = batch.flow[row];
            packets.datagram[at] = batch.datagram[row];
            ordinal[at] = batch.firstOrdinal() + row;
            usedBytes += length;
        }
    }

    private final int pageBytes;
    private final int mostPages;
    private final Consumer<Page> leaving;
    private final Deque<Page> pages = new ArrayDeque<>();

    /** Before a page goes it is shown to {@code leaving}. */
    RecentPackets(Limits limits, Consumer<Page> leaving) {
        pageBytes = limits.of(Bound.BATCH_BYTES);
        mostPages = Math.max(1, limits.of(Bound.KEPT_BYTES) / pageBytes);
        this.leaving = leaving;
    }

    /** Takes a packet over. No packet is longer than a batch, and so than a page. */
    void add(PacketBatch batch, int row) {
        Page newest = pages.peekLast();
        if (newest == null || !newest.hasRoomFor(batch.capturedLength[row])) {
            newest = nextPage();
        }
        newest.add(batch, row);
    }

    private Page nextPage() {
        Page page;
        if (pages.size() < mostPages) {
            page = new Page(pageBytes);
        } else {
            page = pages.peekFirst();
            leaving.accept(page);
            pages.removeFirst();
            page.clear();
        }
        pages.addLast(page);
        return page;
    }

    /** The oldest first. */
    Iterable<Page> pages() {
        return pages;
    }

    /** Something was learnt of packets from this ordinal on, which may have been passed over before. */
    void reconsider(long ordinal) {
        pages.forEach(page -> page.settled = Math.min(page.settled, page.rowFrom(ordinal)));
    }
}
