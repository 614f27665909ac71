package org.sandbar.cli;

/** The command cannot go on. The message is for the user and names the remedy. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    Failure(int exitCode, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
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
