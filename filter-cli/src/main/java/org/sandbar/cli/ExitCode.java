package org.sandbar.cli;

/** What the command's exit codes say. */
final class ExitCode {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int INPUT = 3;
    static final int MISSING = 4;
    static final int ALERTED = 10;

    private ExitCode() {}
}
