package org.sandbar.protocol.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

    int bit() {
        return 1 << ordinal();
    }

    static List<String> texts(int faults) {
        List<String> texts = new ArrayList<>();
        for (Fault fault : values()) {
            if ((faults & fault.bit()) != 0) {
                texts.add(fault.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            }
        }
        return texts.isEmpty() ? null : texts;
    }
}
