package org.sandbar.wire;

import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.capture.LinkType;

/**
 * Decodes frames, one at a time and in place, from the link layer to the transport's payload: through tags, labels and tunnels to the
 * innermost IP packet, fragments put together on the way. Never throws for any bytes and does not allocate, save when a fragmented
 * datagram starts. The frame's bytes stay the caller's; what the {@link Packet} shows is valid until the next call. A tunnel whose
 * content is not IP is a flow of its own. Not safe for use by two threads. What comes out depends on the packets given alone, so a
 * run repeated gives the same.
 */
public final class Decoder {
    private final Fragments fragments;
    private final Frame frame;

    public Decoder(Limits limits) {
        fragments = new Fragments(limits);
        frame = new Frame(limits.of(Bound.TUNNEL_DEPTH), fragments);
    }

    /**
     * Fills {@code out} (all but its ordinal, which the caller has set) from the {@code capturedLength} bytes at {@code offset}, which
     * the array must have. With an answer other than {@link Decoded#FLOW} only the time, the lengths and the layers that were reached
     * are of use.
     */
    public Decoded decode(
            byte[] buffer, int offset, int capturedLength, int wireLength, int linkType, long timeNs, Packet out) {
        out.clear(buffer, wireLength, timeNs);
        fragments.advance(timeNs);
        frame.start(buffer, offset, capturedLength, wireLength, out);
        return linkType == LinkType.ETHERNET ? Ethernet.decode(frame) : decodeLink(linkType);
    }

    private Decoded decodeLink(int linkType) {
        return switch (linkType) {
            case LinkType.RAW, LinkType.RAW_BSD, LinkType.RAW_OPENBSD -> IpProtocol.decodeEither(frame);
            case LinkType.IPV4 -> Ipv4.decode(frame);
            case LinkType.IPV6 -> Ipv6.decode(frame);
            case LinkType.NULL, LinkType.LOOP -> Loopback.decode(frame);
            case LinkType.LINUX_SLL -> LinuxCooked.decode(frame);
            case LinkType.LINUX_SLL2 -> LinuxCooked.decodeVersion2(frame);
            case LinkType.PPP, LinkType.PPP_HDLC -> Ppp.decode(frame);
            case LinkType.PPP_ETHER -> Ppp.decodeSession(frame);
            default -> Decoded.UNKNOWN_LINK;
        };
    }

    /** Fragmented datagrams of which something is still missing, or was when they had to be given up. */
    public long incompleteDatagrams() {
        return fragments.incomplete();
    }
}
