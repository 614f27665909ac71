package org.sandbar.protocol.websocket;

import java.util.List;
import org.sandbar.bytes.Words;

/** What a frame has that RFC 6455 does not let it have. Kept as bits while frames go by; told by these names. Any thread. */
enum Fault {
    /** Section 5.1: the client must mask. */
    UNMASKED,
    /** A key of zeros masks nothing; section 5.3 wants one that nobody can foresee. */
    ZERO_MASK,
    /** Section 5.1: the server must not mask. */
    SERVER_MASKED,
    /** Section 5.2: RSV2 or RSV3, which no registered extension uses, or RSV1 of a control frame, which is never compressed. */
    RESERVED_BITS,
    RESERVED_OPCODE,
    /** Section 5.5: more than 125 bytes. */
    LONG_CONTROL_FRAME,
    FRAGMENTED_CONTROL_FRAME,
    /** Section 5.2: more bytes of length than it needs. */
    LENGTH_NOT_MINIMAL,
    /** Section 5.2: the most significant bit of 64 is set. */
    LENGTH_TOO_LARGE,
    /** Section 5.4. */
    CONTINUATION_OF_NOTHING,
    MESSAGE_WITHIN_MESSAGE,
    /** Section 7.4: a code that must not be sent, or half of one. */
    CLOSE_CODE_INVALID,
    /** Section 5.5.1: nothing but control frames may follow a Close. */
    DATA_AFTER_CLOSE;

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
