package org.sandbar.protocol.sip;

import java.util.List;
import org.sandbar.bytes.Words;

/** What can be wrong with a message and where it ends; a set of them is a bit set. */
enum Fault {
    /** Over TCP, nothing says where the message ends (RFC 3261 section 18.3). */
    LENGTH_MISSING,
    LENGTH_MALFORMED,
    /** A datagram holds less than the body that it announces. */
    BODY_CUT,
    MESSAGE_TOO_LONG,
    /** What follows is no message. */
    FRAMING_LOST;

    private static final Fault[] ALL = values();

    int bit() {
        return 1 << ordinal();
    }

    /** Their names, or null where there are none. */
    static List<String> texts(int faults) {
        return Words.of(ALL, faults);
    }
}
