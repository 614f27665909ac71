package org.sandbar.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where the user's settings stand: a file, and what the command line sets over it. Common to the commands that decide something. */
final class Configuration {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "a configuration file")
    private Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "set one value of the configuration, such as limits.flows=100000, ranges.mine=9000-9010, weights.plugin-port=2.5,"
                            + " trusted.servers=192.0.2.1,198.51.100.0/24; repeatable")
    private Map<String, String> values = new LinkedHashMap<>();

    /** What they say together. */
    Settings settings() {
        Settings given = new Settings();
        if (file != null) {
            given.read(file);
        }
        values.forEach((key, value) -> {
            try {
                given.set(key, value);
            } catch (IllegalArgumentException wrong) {
                throw new Failure(ExitCode.USAGE, "--set " + key + "=" + value + ": " + wrong.getMessage());
            }
        });
        return given;
    }
}
