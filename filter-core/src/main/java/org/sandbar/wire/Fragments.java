package org.sandbar.wire;

import static org.sandbar.bytes.Bytes.put16;

import org.sandbar.bytes.Limits;

/**
 * Puts fragmented datagrams together (RFC 791 3.2, RFC 8200 4.5) and sends the whole on through the decoder from a buffer of its own,
 * so that tunnels may lie in fragments and fragments in tunnels. One thread; bounded in number, bytes and packet time, the oldest
 * going first. What it decides:
 *
 * <ul>
 *   <li>IPv4: of bytes that overlap, those that came first stay. A fragment that contradicts where the datagram ends is ignored.
 *   <li>IPv6: an overlap is the end of the datagram and of what still comes of it (RFC 5722), unless the very same range is repeated.
 *   <li>A fragment cut by the snap length is the end of its datagram too: nothing could be made of it.
 *   <li>A tiny first fragment (RFC 3128) needs no rule: ports and flags are read from the whole alone.
 *   <li>Time is the newest seen, so a clock that steps back makes nobody younger; one that leaps ahead only expires.
 *   <li>The whole has the first fragment's header, without options and extension headers, which say nothing to anyone here.
 * </ul>
 */
final class Fragments {
    private final Datagrams datagrams;
    /** Made when the first datagram is whole: most captures have none. */
    private byte[] whole;

    Fragments(Limits limits) {
        datagrams = new Datagrams(limits);
    }

    void advance(long timeNs) {
        datagrams.advance(timeNs);
    }

    long incomplete() {
        return datagrams.incomplete();
    }

    /**
     * Takes the fragment that the frame holds from where it stands to its end. Where this makes the datagram whole, decoding goes on
     * in it.
     *
     * @param protocol what the fragment says comes next
     * @param from where in the datagram the fragment belongs
     */
    Decoded add(Frame frame, int id, int protocol, int from, boolean more) {
        boolean ipv4 = frame.packet.ipVersion == 4;
        int longest = Datagram.LONGEST - from - (ipv4 ? Ipv4.HEADER : 0);
        int length = frame.wireEnd - frame.at;
        if (more && ipv4) {
            length &= -Datagram.BLOCK;
        }
        if (length <= 0 || length > longest || more && length % Datagram.BLOCK != 0) {
            return Decoded.MALFORMED;
        }
        // Nodes on the way may change what an IPv6 fragment says comes next: it is no part of the key (RFC 8200 4.5).
        Datagram datagram = datagrams.of(frame.packet, id, ipv4 ? protocol : 0);
        frame.packet.datagram = datagram.firstOrdinal;
        if (datagram.hopeless) {
            return Decoded.FRAGMENT;
        }
        if (!frame.has(length)) {
            datagrams.giveUp(datagram);
            return Decoded.FRAGMENT;
        }
        if (!isWelcome(datagram, from, from + length, more)) {
            return Decoded.FRAGMENT;
        }
        datagrams.provide(datagram, from, from + length);
        datagram.fill(from, from + length, frame.buffer, frame.at);
        if (!more) {
            datagram.total = from + length;
        }
        if (from == 0 && !datagram.hasFirst) {
            datagram.hasFirst = true;
            datagram.nextProtocol = protocol;
            int header = ipv4 ? Ipv4.HEADER : Ipv6.HEADER;
            System.arraycopy(frame.buffer, frame.packet.ipOffset, datagram.header, 0, header);
        }
        return datagram.isWhole() ? decodeWhole(frame, datagram) : Decoded.FRAGMENT;
    }

    /** Whether the fragment goes with those before it; where IPv6 forbids what it does, the datagram is given up. */
    private boolean isWelcome(Datagram datagram, int from, int to, boolean more) {
        boolean contradicts = datagram.contradicts(to, more);
        if (datagram.ipVersion == 4) {
            return !contradicts;
        }
        if (!contradicts && !datagram.overlaps(from, to)) {
            return true;
        }
        if (contradicts || !datagram.repeats(from, to)) {
            datagrams.giveUp(datagram);
        }
        return false;
    }

    private Decoded decodeWhole(Frame frame, Datagram datagram) {
        boolean ipv4 = datagram.ipVersion == 4;
        int header = ipv4 ? Ipv4.HEADER : Ipv6.HEADER;
        if (whole == null) {
            whole = new byte[Ipv6.HEADER + Datagram.LONGEST];
        }
        System.arraycopy(datagram.header, 0, whole, 0, header);
        if (ipv4) {
            whole[0] = 0x45;
            put16(whole, Ipv4.TOTAL_LENGTH, header + datagram.total);
            put16(whole, Ipv4.FRAGMENT, 0);
            put16(whole, Ipv4.CHECKSUM, 0);
            put16(whole, Ipv4.CHECKSUM, Checksums.of(whole, 0, header));
        } else {
            put16(whole, Ipv6.PAYLOAD_LENGTH, datagram.total);
            whole[Ipv6.NEXT_HEADER] = (byte) datagram.nextProtocol;
        }
        datagram.copyTo(whole, header);
        datagram.copyStartsTo(frame.packet.fragmentStarts);
        int length = header + datagram.total;
        datagrams.remove(datagram);
        frame.continueIn(whole, length);
        return ipv4 ? Ipv4.decode(frame) : Ipv6.decode(frame);
    }
}
