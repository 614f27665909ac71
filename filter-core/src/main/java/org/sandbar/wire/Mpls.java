package org.sandbar.wire;

import static org.sandbar.bytes.Bytes.i32;
import static org.sandbar.bytes.Bytes.u8;

/**
 * A stack of MPLS labels (RFC 3032). What is under it is not announced: the first nibble tells IP (RFC 4928), anything else may be an
 * Ethernet pseudowire (RFC 4448), with a control word, which starts with a zero nibble, or without.
 *
 * <pre>
 *   0                             20    23 24            32
 *  +-----------------------------+------+-+---------------+
 *  | label                       | TC   |S| TTL           |   S: the last of the stack
 *  +-----------------------------+------+-+---------------+
 *  |0 0 0 0| reserved            | sequence               |   control word
 *  +-----------------------------+------+-+---------------+
 * </pre>
 */
final class Mpls {
    private static final int LABEL = 4;
    private static final int LAST = 0x100;
    private static final int CONTROL_WORD = 4;

    private Mpls() {}

    static Decoded decode(Frame frame) {
        boolean last;
        do {
            if (!frame.has(LABEL)) {
                return frame.lacks(LABEL);
            }
            if (!frame.deeper()) {
                return Decoded.MALFORMED;
            }
            last = (i32(frame.buffer, frame.at) & LAST) != 0;
            frame.at += LABEL;
        } while (!last);
        if (!frame.has(1)) {
            return frame.lacks(1);
        }
        return switch (u8(frame.buffer, frame.at) >> 4) {
            case 4 -> Ipv4.decode(frame);
            case 6 -> Ipv6.decode(frame);
            case 0 -> decodePseudowire(frame);
            default -> Ethernet.leadsOn(frame, frame.at) ? Ethernet.decode(frame) : Decoded.NOT_IP;
        };
    }

    /** Most hardware addresses start with a zero nibble too, so the EtherType has to tell a control word from an address. */
    private static Decoded decodePseudowire(Frame frame) {
        if (Ethernet.leadsOn(frame, frame.at + CONTROL_WORD)) {
            frame.at += CONTROL_WORD;
            return Ethernet.decode(frame);
        }
        return Ethernet.leadsOn(frame, frame.at) ? Ethernet.decode(frame) : Decoded.NOT_IP;
    }
}
