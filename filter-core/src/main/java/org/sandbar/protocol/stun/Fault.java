package org.sandbar.protocol.stun;

import java.util.List;
import org.sandbar.bytes.Words;

/** What a STUN message has that RFC 8489 does not let it have. Kept as bits while messages go by; told by these names. Any thread. */
enum Fault {
    /** It says that it is longer than the datagram is: cut short by its sender, or by the capture; or its stream ends within it. */
    MESSAGE_CUT,
    /** The datagram goes on behind it. */
    BYTES_BEHIND_MESSAGE,
    /** Section 5: a multiple of four. */
    LENGTH_UNALIGNED,
    /** Longer than {@code limits.stun-message-bytes}: the rest was not looked at. */
    MESSAGE_TOO_LONG,
    /** Section 14: an attribute ends behind the message. */
    ATTRIBUTE_OVERRUN,
    /** More than {@code limits.stun-attributes}: the rest was not looked at. */
    TOO_MANY_ATTRIBUTES,
    /** Section 14.5: nothing but a fingerprint may stand behind the integrity. */
    ATTRIBUTE_BEHIND_INTEGRITY,
    /** Section 14.7. */
    FINGERPRINT_WRONG,
    FINGERPRINT_NOT_LAST,
    /** Section 14.1: no family, or not as long as an address of its family. */
    ADDRESS_MALFORMED,
    /** Section 14.3 has fewer than 509 bytes; RFC 5389 had fewer than 513, and from there on no reader takes it. */
    USERNAME_TOO_LONG,
    /** Sections 14.9, 14.10, 14.14: realm, nonce or software of more than 763 bytes. */
    TEXT_TOO_LONG,
    /** Control characters in the user's name, NUL, CR and LF among them. */
    USERNAME_CONTROLS,
    /** Such in realm, nonce or software. */
    TEXT_CONTROLS,
    /** Over TCP: neither a message nor a channel's; nothing more of the direction was read. */
    FRAMING_LOST;

    private static final Fault[] ALL = values();

    int bit() {
        return 1 << ordinal();
    }

    boolean isIn(int faults) {
        return (faults & bit()) != 0;
    }

    /** Their names, or null where there are none. */
    static List<String> texts(int faults) {
        return Words.of(ALL, faults);
    }
}
