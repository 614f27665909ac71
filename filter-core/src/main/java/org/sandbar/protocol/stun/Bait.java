package org.sandbar.protocol.stun;

import org.sandbar.bytes.Ascii;
import org.sandbar.bytes.Bytes;

/**
 * What a firewall's application gateway would act on, within a text of an attribute: NAT slipstreaming puts it into the user's name for
 * TURN, so that a packet of it begins with what reads as another protocol. Where the packet begins is the attacker's choice, and is not
 * asked for. Stateless, any thread.
 */
final class Bait {
    private static final byte[] SIP = Ascii.bytes("sip/2.0");
    private static final int TPKT_VERSION = 3;
    private static final int TPKT_HEADER = 4;
    private static final int Q931 = 8;

    private Bait() {}

    /** The gateway's protocol, sip or h323, or null. */
    static String helper(byte[] buffer, int from, int to) {
        for (int at = from; at < to; at++) {
            if (Ascii.startsWithIgnoreCase(buffer, at, to, SIP)) {
                return "sip";
            }
            if (isCallSignal(buffer, at, to)) {
                return "h323";
            }
        }
        return null;
    }

    /** RFC 1006 section 6 with Q.931 in it, as H.225.0 has it on port 1720. */
    private static boolean isCallSignal(byte[] buffer, int at, int to) {
        return to - at > TPKT_HEADER
                && buffer[at] == TPKT_VERSION
                && buffer[at + 1] == 0
                && Bytes.u16(buffer, at + 2) > TPKT_HEADER
                && buffer[at + TPKT_HEADER] == Q931;
    }
}
