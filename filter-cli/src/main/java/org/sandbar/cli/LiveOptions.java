package org.sandbar.cli;

import picocli.CommandLine.Option;

/** What the commands that see packets as they pass have in common on the command line, beside {@link RunOptions}. */
final class LiveOptions {
    @Option(
            names = "--stats-interval",
            paramLabel = "SECONDS",
            description =
                    "tell statistics each time so long has passed; 0 for at the end alone (default: ${DEFAULT-VALUE})")
    private int statisticsSeconds = 60;

    void check() {
        check("--stats-interval", statisticsSeconds, 0, Integer.MAX_VALUE);
    }

    int statisticsSeconds() {
        return statisticsSeconds;
    }

    /** What an option may be; without an upper bound where that is the type's. */
    static void check(String option, long value, long least, long most) {
        if (value < least || value > most) {
            String range = most == Long.MAX_VALUE || most == Integer.MAX_VALUE
                    ? "at least " + least
                    : "from " + least + " to " + most;
            throw new Failure(ExitCode.USAGE, option + " must be " + range + ", not " + value);
        }
    }
}
