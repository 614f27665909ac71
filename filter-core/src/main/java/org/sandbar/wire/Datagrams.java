package org.sandbar.wire;

import java.security.SecureRandom;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.wire.Datagram.Page;

/**
 * The datagrams being put together, found by addresses, identification, protocol, IP version and VLANs, in order of age, and the stock
 * of pages that hold their bytes. Bounded in number, bytes and packet time; the oldest goes first. Datagrams and pages are used again,
 * so memory grows to the bounds at most. One thread.
 */
final class Datagrams {
    private final int most;
    private final int mostPages;
    private final long longestNs;

    /** Made when the first fragment comes. */
    private Datagram[] buckets;

    /** Keeps a sender from choosing addresses that all meet in one bucket. Nothing that is decided depends on it. */
    private long secret;

    private Datagram oldest;
    private Datagram newest;
    private int count;
    private Datagram spare;

    private Page sparePages;
    private int pages;

    private long nowNs = Long.MIN_VALUE;
    private long dropped;

    Datagrams(Limits limits) {
        most = limits.of(Bound.FRAGMENTED_PACKETS);
        mostPages = limits.of(Bound.FRAGMENT_BYTES) / Page.BYTES;
        longestNs = limits.nanosOf(Bound.FRAGMENT_SECONDS);
    }

    void advance(long timeNs) {
        if (timeNs > nowNs) {
            nowNs = timeNs;
        }
    }

    /** Those given up and those that wait: whenever it is asked, each that has not become whole counts once. */
    long incomplete() {
        return dropped + count;
    }

    /** The datagram that the packet is a fragment of, new where there was none. */
    Datagram of(Packet packet, int id, int protocol) {
        while (oldest != null && nowNs - oldest.startedNs > longestNs) {
            drop(oldest);
        }
        if (buckets == null) {
            buckets = new Datagram[Integer.highestOneBit(most) << 1];
            secret = new SecureRandom().nextLong();
        }
        int vlans = vlansOf(packet);
        int bucket = hash(packet, id) & buckets.length - 1;
        for (Datagram known = buckets[bucket]; known != null; known = known.next) {
            if (known.isOf(packet, id, protocol, vlans)) {
                return known;
            }
        }
        if (count == most) {
            drop(oldest);
        }
        Datagram datagram = take();
        datagram.start(packet, id, protocol, vlans);
        insert(datagram, bucket);
        return datagram;
    }

    private Datagram take() {
        Datagram datagram = spare;
        if (datagram == null) {
            return new Datagram();
        }
        spare = datagram.next;
        return datagram;
    }

    private void insert(Datagram datagram, int bucket) {
        datagram.bucket = bucket;
        datagram.next = buckets[bucket];
        buckets[bucket] = datagram;
        datagram.startedNs = nowNs;
        datagram.older = newest;
        datagram.newer = null;
        if (newest == null) {
            oldest = datagram;
        } else {
            newest.newer = datagram;
        }
        newest = datagram;
        count++;
    }

    /** Sees to it that the datagram has pages for this range, at the cost of the oldest others. */
    void provide(Datagram datagram, int from, int to) {
        for (int i = from / Page.BYTES; i <= (to - 1) / Page.BYTES; i++) {
            if (datagram.pages[i] == null) {
                datagram.pages[i] = page(datagram);
            }
        }
    }

    private Page page(Datagram taker) {
        // The least bound has room for the longest datagram, so where the stock is used up there is another one.
        while (sparePages == null && pages == mostPages) {
            drop(oldest == taker ? oldest.newer : oldest);
        }
        Page page = sparePages;
        if (page == null) {
            pages++;
            return new Page();
        }
        sparePages = page.next;
        page.clear();
        return page;
    }

    /** It can never be whole. It stays, without bytes, so that what still comes of it does not start another. */
    void giveUp(Datagram datagram) {
        datagram.hopeless = true;
        release(datagram);
    }

    private void drop(Datagram datagram) {
        dropped++;
        remove(datagram);
    }

    void remove(Datagram datagram) {
        release(datagram);
        unlink(datagram);
        datagram.next = spare;
        spare = datagram;
        count--;
    }

    private void release(Datagram datagram) {
        for (int i = 0; i < Datagram.PAGES; i++) {
            Page page = datagram.pages[i];
            if (page != null) {
                datagram.pages[i] = null;
                page.next = sparePages;
                sparePages = page;
            }
        }
    }

    private void unlink(Datagram datagram) {
        if (datagram.older == null) {
            oldest = datagram.newer;
        } else {
            datagram.older.newer = datagram.newer;
        }
        if (datagram.newer == null) {
            newest = datagram.older;
        } else {
            datagram.newer.older = datagram.older;
        }
        if (buckets[datagram.bucket] == datagram) {
            buckets[datagram.bucket] = datagram.next;
            return;
        }
        Datagram before = buckets[datagram.bucket];
        while (before.next != datagram) {
            before = before.next;
        }
        before.next = datagram.next;
    }

    private static int vlansOf(Packet packet) {
        return switch (packet.vlanCount) {
            case 0 -> 0;
            case 1 -> packet.vlan[0];
            default -> packet.vlan[0] << 12 | packet.vlan[1];
        };
    }

    private int hash(Packet packet, int id) {
        long mixed = mix(secret ^ packet.sourceHigh);
        mixed = mix(mixed ^ packet.sourceLow);
        mixed = mix(mixed ^ packet.destinationHigh);
        mixed = mix(mixed ^ packet.destinationLow);
        return (int) mix(mixed ^ id);
    }

    /** The finisher of SplitMix64: every bit of the answer depends on every bit given. */
    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d0_49bb_1331_11ebL;
        return mixed ^ mixed >>> 31;
    }
}
