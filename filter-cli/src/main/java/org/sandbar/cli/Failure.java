package org.sandbar.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.sandbar.capture.live.CannotWatch;

/** The command cannot go on. The message is for the user and names the remedy. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    Failure(int exitCode, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    static Failure of(CannotWatch refused) {
        return new Failure(
                refused.why() == CannotWatch.Cause.MACHINE ? ExitCode.MISSING : ExitCode.USAGE, refused.getMessage());
    }

    int exitCode() {
        return exitCode;
    }

    /** Why a file cannot be used, in words: Java's own are the name alone where it is missing or forbidden. */
    static String reason(IOException why) {
        if (why instanceof NoSuchFileException) {
            return why.getMessage() + " does not exist";
        }
        return why instanceof AccessDeniedException ? why.getMessage() + " is not yours to use" : why.getMessage();
    }

    /** Where in the program something was thrown, for a report; empty where nobody knows. */
    static String place(Throwable thrown) {
        Throwable deepest = thrown;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        StackTraceElement[] stack = deepest.getStackTrace();
        String cause = deepest == thrown ? "" : ", caused by " + deepest;
        return cause + (stack.length == 0 ? "" : " at " + stack[0]);
    }
}
