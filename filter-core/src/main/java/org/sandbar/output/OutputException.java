package org.sandbar.output;

import java.io.IOException;

/** Output that could not be written. The message is one line for the user. */
public final class OutputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String destination;

    public OutputException(String destination, IOException cause) {
        super(destination + ": cannot be written: " + cause.getMessage(), cause, false, false);
        this.destination = destination;
    }

    /** The name of what could not be written. */
    public String destination() {
        return destination;
    }
}
