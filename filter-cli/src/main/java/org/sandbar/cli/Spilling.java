package org.sandbar.cli;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** {@code --spill}: where events wait on disk for a destination that is down. */
final class Spilling {
    @Option(
            names = "--spill",
            paramLabel = "DIR",
            description = "keep events for a destination that is down in this folder, also for the next run"
                    + " (default: $STATE_DIRECTORY, else ~/.local/state/sandbar)")
    private Path folder;

    Path folder() {
        return folder == null ? usual(System.getenv()) : folder;
    }

    /** As a service manager says, else as the XDG base directories say. */
    private static Path usual(Map<String, String> environment) {
        String service = environment.get("STATE_DIRECTORY");
        if (service != null) {
            return Path.of(service);
        }
        String state = environment.get("XDG_STATE_HOME");
        return state == null
                ? Path.of(System.getProperty("user.home"), ".local", "state", "sandbar")
                : Path.of(state, "sandbar");
    }
}
