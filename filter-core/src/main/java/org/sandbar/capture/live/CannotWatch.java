package org.sandbar.capture.live;

import java.io.Serial;

/** An interface cannot be watched. The message is one line for the user, with the remedy. */
public final class CannotWatch extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Where the remedy lies. */
    public enum Cause {
        /** What was asked for: the interface, its state, the filter. */
        REQUEST,
        /** The machine: rights, or a library that is missing. */
        MACHINE
    }

    private final Cause cause;

    CannotWatch(Cause cause, String message) {
        super(message, null, false, false);
        this.cause = cause;
    }

    public Cause why() {
        return cause;
    }
}
