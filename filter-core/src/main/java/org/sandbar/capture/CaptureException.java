package org.sandbar.capture;

/** A capture that cannot be read, or not to its end. The message is one line for the user: place, what is wrong, and the remedy. */
public final class CaptureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CaptureException(String message) {
        super(message, null, false, false);
    }
}
