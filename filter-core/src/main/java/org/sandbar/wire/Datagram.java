package org.sandbar.wire;

import java.util.Arrays;
import java.util.BitSet;

/**
 * One datagram being put together: whose it is, the header it will have, and the bytes it has so far, in pages of {@link Datagrams}'
 * stock, so that a lone fragment near the end of a datagram does not cost the whole of it. One thread.
 */
final class Datagram {
    /** A run of a datagram, in blocks of the eight bytes that IP fragments are made of. */
    static final class Page {
        static final int BYTES = 2048;
        static final int BLOCKS = BYTES / BLOCK;

        final byte[] bytes = new byte[BYTES];
        final long[] filled = new long[BLOCKS / 64];
        /** Blocks that a fragment started with. */
        final long[] starts = new long[BLOCKS / 64];

        Page next;

        void clear() {
            Arrays.fill(filled, 0);
            Arrays.fill(starts, 0);
        }
    }

    static final int BLOCK = 8;
    static final int LONGEST = 65_535;
    static final int PAGES = (LONGEST + 1) / Page.BYTES;

    private long sourceHigh;
    private long sourceLow;
    private long destinationHigh;
    private long destinationLow;
    int ipVersion;
    private int id;
    private int protocol;
    private int vlans;

    /** The chain of its bucket, and of the datagrams by age: for {@link Datagrams}. */
    Datagram next;

    Datagram older;
    Datagram newer;
    int bucket;
    long startedNs;
    /** Of its first fragment that came. */
    long firstOrdinal;

    /** The first fragment's IP header without options and extensions, and what it says comes next. */
    final byte[] header = new byte[Ipv6.HEADER];

    boolean hasFirst;
    int nextProtocol;
    /** Where it ends, by its last fragment; -1 until that has come. */
    int total;
    /** Where the farthest fragment so far ends. */
    int reach;
    /** It can never be whole: its pages are given back, and fragments of it that still come are swallowed until it expires. */
    boolean hopeless;

    final Page[] pages = new Page[PAGES];
    private int blocksFilled;

    void start(Packet packet, int id, int protocol, int vlans) {
        sourceHigh = packet.sourceHigh;
        sourceLow = packet.sourceLow;
        destinationHigh = packet.destinationHigh;
        destinationLow = packet.destinationLow;
        ipVersion = packet.ipVersion;
        this.id = id;
        this.protocol = protocol;
        this.vlans = vlans;
        firstOrdinal = packet.ordinal;
        hasFirst = false;
        total = -1;
        reach = 0;
        hopeless = false;
        blocksFilled = 0;
    }

    boolean isOf(Packet packet, int id, int protocol, int vlans) {
        return this.id == id
                && sourceLow == packet.sourceLow
                && destinationLow == packet.destinationLow
                && sourceHigh == packet.sourceHigh
                && destinationHigh == packet.destinationHigh
                && ipVersion == packet.ipVersion
                && this.protocol == protocol
                && this.vlans == vlans;
    }

    boolean isWhole() {
        return total >= 0 && hasFirst && blocksFilled == blocks(total);
    }

    private static int blocks(int bytes) {
        return (bytes + BLOCK - 1) / BLOCK;
    }

    private boolean isFilled(int block) {
        Page page = pages[block / Page.BLOCKS];
        return page != null && isSet(page.filled, block % Page.BLOCKS);
    }

    private boolean isStart(int block) {
        Page page = pages[block / Page.BLOCKS];
        return page != null && isSet(page.starts, block % Page.BLOCKS);
    }

    /** Whether a fragment that ends there cannot be of this datagram, for where the datagram ends. */
    boolean contradicts(int to, boolean more) {
        if (more) {
            return total >= 0 && to > total;
        }
        return to < reach || total >= 0 && to != total;
    }

    boolean overlaps(int from, int to) {
        for (int block = from / BLOCK; block < blocks(to); block++) {
            if (isFilled(block)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a fragment of just this range has come before; asked where fragments never overlap otherwise. */
    boolean repeats(int from, int to) {
        int last = blocks(to) - 1;
        for (int block = from / BLOCK; block <= last; block++) {
            if (!isFilled(block) || isStart(block) != (block == from / BLOCK)) {
                return false;
            }
        }
        return last + 1 == PAGES * Page.BLOCKS || !isFilled(last + 1) || isStart(last + 1);
    }

    /** Takes over the bytes of a fragment, save what is there already: the first to come wins. Its pages are in place. */
    void fill(int from, int to, byte[] buffer, int offset) {
        int first = from / BLOCK;
        set(pages[first / Page.BLOCKS].starts, first % Page.BLOCKS);
        for (int block = first; block < blocks(to); block++) {
            Page page = pages[block / Page.BLOCKS];
            int within = block % Page.BLOCKS;
            if (!isSet(page.filled, within)) {
                set(page.filled, within);
                int at = block * BLOCK;
                int length = Math.min(BLOCK, to - at);
                System.arraycopy(buffer, offset + at - from, page.bytes, within * BLOCK, length);
                blocksFilled++;
            }
        }
        reach = Math.max(reach, to);
    }

    void copyTo(byte[] target, int offset) {
        for (int from = 0; from < total; from += Page.BYTES) {
            int length = Math.min(Page.BYTES, total - from);
            System.arraycopy(pages[from / Page.BYTES].bytes, 0, target, offset + from, length);
        }
    }

    /** The blocks that a fragment started with. */
    void copyStartsTo(BitSet starts) {
        starts.clear();
        for (int block = 0; block < blocks(total); block++) {
            if (isStart(block)) {
                starts.set(block);
            }
        }
    }

    private static boolean isSet(long[] bits, int bit) {
        return (bits[bit >> 6] & 1L << bit) != 0;
    }

    private static void set(long[] bits, int bit) {
        bits[bit >> 6] |= 1L << bit;
    }
}
