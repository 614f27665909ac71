package org.sandbar.wire;

import static org.sandbar.bytes.Bytes.i32;
import static org.sandbar.bytes.Bytes.i32Little;

/**
 * The header of BSD loopback interfaces: an address family in four bytes, in the order of the machine that captured (NULL) or of the
 * network (LOOP). The families are too small to be mistaken for each other the other way round, so both orders are read in both.
 */
final class Loopback {
    private static final int HEADER = 4;
    private static final int INET = 2;
    private static final int INET6_LINUX = 10;
    private static final int INET6_OPENBSD = 24;
    private static final int INET6_FREEBSD = 28;
    private static final int INET6_DARWIN = 30;

    private Loopback() {}

    static Decoded decode(Frame frame) {
        if (!frame.has(HEADER)) {
            return frame.lacks(HEADER);
        }
        int big = i32(frame.buffer, frame.at);
        int family = (big & 0xffff_0000) == 0 ? big : i32Little(frame.buffer, frame.at);
        frame.at += HEADER;
        return switch (family) {
            case INET -> Ipv4.decode(frame);
            case INET6_LINUX, INET6_OPENBSD, INET6_FREEBSD, INET6_DARWIN -> Ipv6.decode(frame);
            default -> Decoded.NOT_IP;
        };
    }
}
