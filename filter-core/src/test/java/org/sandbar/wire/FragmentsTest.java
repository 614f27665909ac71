package org.sandbar.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sandbar.wire.Frames.bytes;
import static org.sandbar.wire.Frames.ethernet;
import static org.sandbar.wire.Frames.fragment6;
import static org.sandbar.wire.Frames.ipv4;
import static org.sandbar.wire.Frames.tcp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sandbar.bytes.Bytes;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.capture.LinkType;

class FragmentsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int MORE = 0x2000;

    private final byte[] text = new byte[83];
    private final byte[] segment;
    private Decoder decoder = new Decoder(Limits.USUAL);
    private final Packet packet = new Packet();
    private long timeNs = SECOND;

    FragmentsTest() {
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) (i + 1);
        }
        segment = tcp(text);
    }

    private Decoded decode(byte[] ip) {
        return decoder.decode(ip, 0, ip.length, ip.length, LinkType.RAW, timeNs, packet);
    }

    /** Bytes {@code [from, to)} of the segment as a fragment. */
    private byte[] fragment(int version, int id, int from, int to) {
        return fragment(version, id, from, to, segment);
    }

    private static byte[] fragment(int version, int id, int from, int to, byte[] whole) {
        byte[] part = Arrays.copyOfRange(whole, from, to);
        boolean more = to < whole.length;
        return version == 4 ? ipv4(id, from / 8 | (more ? MORE : 0), 6, part) : fragment6(id, from, more, 6, part);
    }

    private void assertWhole(Decoded decoded) {
        assertEquals(Decoded.FLOW, decoded);
        assertTrue(packet.reassembled);
        assertEquals(Packet.TCP, packet.protocol);
        assertEquals(Frames.DESTINATION_PORT, packet.destinationPort);
        int at = packet.payloadOffset;
        assertArrayEquals(text, Arrays.copyOfRange(packet.buffer, at, at + packet.payloadLength));
        assertEquals(packet.payloadLength, packet.payloadWireLength);
        assertEquals(packet.ipVersion, packet.buffer[packet.ipOffset] >> 4);
        if (packet.ipVersion == 4) {
            assertEquals(0, Checksums.of(packet.buffer, packet.ipOffset, 20));
        }
    }

    private static List<List<Integer>> orders(List<Integer> of) {
        if (of.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Integer>> all = new ArrayList<>();
        for (Integer first : of) {
            List<Integer> rest = new ArrayList<>(of);
            rest.remove(first);
            for (List<Integer> order : orders(rest)) {
                List<Integer> one = new ArrayList<>(List.of(first));
                one.addAll(order);
                all.add(one);
            }
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void everyOrderOfFourWithDuplicates(int version) {
        int[] at = {0, 8, 40, 64, segment.length};
        int id = 0;
        for (List<Integer> order : orders(List.of(0, 1, 2, 3))) {
            id++;
            for (int i = 0; i < 3; i++) {
                byte[] part = fragment(version, id, at[order.get(i)], at[order.get(i) + 1]);
                assertEquals(Decoded.FRAGMENT, decode(part));
                assertEquals(Decoded.FRAGMENT, decode(part));
            }
            assertWhole(decode(fragment(version, id, at[order.get(3)], at[order.get(3) + 1])));
        }
        assertEquals(0, decoder.incompleteDatagrams());
    }

    @Test
    void firstBytesWinWhereIpv4Overlaps() {
        byte[] other = segment.clone();
        Arrays.fill(other, 24, other.length, (byte) 'x');
        assertEquals(Decoded.FRAGMENT, decode(fragment(4, 1, 16, 64)));
        assertEquals(Decoded.FRAGMENT, decode(fragment(4, 1, 8, 48, other)));
        assertEquals(Decoded.FRAGMENT, decode(fragment(4, 1, 64, segment.length)));
        assertEquals(Decoded.FRAGMENT, decode(fragment(4, 1, 48, segment.length, other)));
        assertWhole(decode(fragment(4, 1, 0, 16)));
    }

    @Test
    void ipv4IgnoresFragmentsThatContradictTheEnd() {
        assertEquals(Decoded.FRAGMENT, decode(fragment(4, 1, 64, segment.length)));
        assertEquals(Decoded.FRAGMENT, decode(fragment(4, 1, 8, 72, Arrays.copyOf(segment, 72))));
        assertEquals(Decoded.FRAGMENT, decode(ipv4(1, MORE | 12, 6, new byte[64])));
        assertWhole(decode(fragment(4, 1, 0, 64)));
    }

    @Test
    void overlapEndsAnIpv6Datagram() {
        assertEquals(Decoded.FRAGMENT, decode(fragment(6, 1, 0, 40)));
        assertEquals(Decoded.FRAGMENT, decode(fragment(6, 1, 32, 64)));
        assertEquals(Decoded.FRAGMENT, decode(fragment(6, 1, 40, 64)));
        assertEquals(Decoded.FRAGMENT, decode(fragment(6, 1, 64, segment.length)));
        assertEquals(Decoded.FRAGMENT, decode(fragment(6, 1, 0, 40)));
        assertEquals(1, decoder.incompleteDatagrams());
        timeNs += 31 * SECOND;
        assertEquals(Decoded.FRAGMENT, decode(fragment(6, 1, 0, 40)));
        assertWhole(decode(fragment(6, 1, 40, segment.length)));
    }

    @Test
    void partOfAnIpv6FragmentIsNoDuplicate() {
        assertEquals(Decoded.FRAGMENT, decode(fragment(6, 1, 0, 40)));
        assertEquals(Decoded.FRAGMENT, decode(fragment(6, 1, 0, 32)));
        assertEquals(Decoded.FRAGMENT, decode(fragment(6, 1, 40, segment.length)));
        assertEquals(1, decoder.incompleteDatagrams());
        assertEquals(Decoded.FRAGMENT, decode(fragment(6, 2, 0, 40)));
        assertEquals(Decoded.FRAGMENT, decode(fragment(6, 2, 40, 64)));
        assertEquals(Decoded.FRAGMENT, decode(fragment(6, 2, 0, 64)));
        assertEquals(Decoded.FRAGMENT, decode(fragment(6, 2, 64, segment.length)));
        assertEquals(2, decoder.incompleteDatagrams());
    }

    @Test
    void raggedIpv6FragmentIsMalformed() {
        assertEquals(Decoded.MALFORMED, decode(fragment(6, 1, 0, 33)));
        assertEquals(Decoded.FRAGMENT, decode(fragment(4, 1, 0, 33)));
        assertWhole(decode(fragment(4, 1, 32, segment.length)));
    }

    @Test
    void onlyTheFirstIpv6FragmentSaysWhatComesNext() {
        decode(fragment6(1, 40, false, 59, Arrays.copyOfRange(segment, 40, segment.length)));
        assertWhole(decode(fragment(6, 1, 0, 40)));
    }

    @Test
    void datagramsAreKeptApart() {
        byte[] left = ethernet(0x8100, bytes("0001 0800", fragment(4, 1, 0, 40)));
        byte[] right = ethernet(0x8100, bytes("0002 0800", fragment(4, 1, 40, segment.length)));
        assertEquals(Decoded.FRAGMENT, decoder.decode(left, 0, left.length, left.length, LinkType.ETHERNET, 1, packet));
        assertEquals(
                Decoded.FRAGMENT, decoder.decode(right, 0, right.length, right.length, LinkType.ETHERNET, 1, packet));
        assertEquals(Decoded.FRAGMENT, decode(fragment(4, 1, 40, segment.length)));
        assertEquals(Decoded.FRAGMENT, decode(fragment(4, 2, 0, 40)));
        assertEquals(4, decoder.incompleteDatagrams());
        assertWhole(decode(fragment(4, 1, 0, 40)));
        assertEquals(3, decoder.incompleteDatagrams());
    }

    @Test
    void timeOutByTheNewestTime() {
        decode(fragment(4, 1, 0, 40));
        timeNs += 30 * SECOND;
        assertWhole(decode(fragment(4, 1, 40, segment.length)));
        decode(fragment(4, 2, 0, 40));
        timeNs += 30 * SECOND + 1;
        decode(Frames.tcp4());
        timeNs = 0;
        assertEquals(Decoded.FRAGMENT, decode(fragment(4, 2, 40, segment.length)));
        assertWhole(decode(fragment(4, 2, 0, 40)));
        assertEquals(1, decoder.incompleteDatagrams());
    }

    @Test
    void cutFragmentEndsItsDatagram() {
        byte[] first = fragment(4, 1, 0, 40);
        assertEquals(
                Decoded.FRAGMENT,
                decoder.decode(first, 0, first.length - 1, first.length, LinkType.RAW, timeNs, packet));
        assertEquals(Decoded.FRAGMENT, decode(fragment(4, 1, 40, segment.length)));
        assertEquals(1, decoder.incompleteDatagrams());
    }

    @Test
    void oldestGoesFirst() {
        decoder = new Decoder(Limits.USUAL.with(Bound.FRAGMENTED_PACKETS, 2));
        decode(fragment(4, 1, 0, 40));
        decode(fragment(4, 2, 0, 40));
        decode(fragment(4, 3, 0, 40));
        assertWhole(decode(fragment(4, 2, 40, segment.length)));
        assertWhole(decode(fragment(4, 3, 40, segment.length)));
        assertEquals(Decoded.FRAGMENT, decode(fragment(4, 1, 40, segment.length)));
        assertEquals(2, decoder.incompleteDatagrams());
    }

    @Test
    void longestDatagramFitsTheLeastMemory() {
        decoder = new Decoder(Limits.USUAL.with(Bound.FRAGMENT_BYTES, 1 << 16));
        byte[] longest = tcp(new byte[65_535 - 20 - 20]);
        for (int id = 1; id < 100; id++) {
            decode(fragment(4, id, 0, 64));
        }
        for (int from = 0; from < longest.length; from += 1480) {
            Decoded decoded = decode(fragment(4, 0, from, Math.min(from + 1480, longest.length), longest));
            assertEquals(from + 1480 < longest.length ? Decoded.FRAGMENT : Decoded.FLOW, decoded);
        }
        assertEquals(65_535 - 40, packet.payloadLength);
    }

    @Test
    void millionLoneFragmentsTakeNoMoreThanTheBounds() {
        byte[] lone = ipv4(1, MORE, 6, new byte[8]);
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        long before = runtime.totalMemory() - runtime.freeMemory();
        for (int i = 0; i < 1_000_000; i++) {
            Bytes.put32(lone, Ipv4.SOURCE, i);
            assertEquals(Decoded.FRAGMENT, decode(lone));
        }
        System.gc();
        long kept = runtime.totalMemory() - runtime.freeMemory() - before;
        assertEquals(1_000_000, decoder.incompleteDatagrams());
        assertTrue(kept < 24 << 20, () -> kept + " bytes");
    }

    @Test
    void fragmentsInTunnelsInFragments() {
        byte[] inner = ipv4(7, MORE, 6, Arrays.copyOf(segment, 40));
        byte[] tail = ipv4(7, 5, 6, Arrays.copyOfRange(segment, 40, segment.length));
        byte[] tunnel = bytes("0000 0800", tail);
        decode(ipv4(8, MORE, 47, Arrays.copyOf(tunnel, 16)));
        assertEquals(Decoded.FRAGMENT, decode(ipv4(47, bytes("0000 0800", inner))));
        assertWhole(decode(ipv4(8, 2, 47, Arrays.copyOfRange(tunnel, 16, tunnel.length))));
    }
}
