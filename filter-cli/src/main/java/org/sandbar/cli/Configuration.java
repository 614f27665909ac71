package org.sandbar.cli;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sandbar.rule.Variables;
import picocli.CommandLine.Option;

/** Where the user's settings stand: files, and what the command line sets over it. Common to the commands that decide something. */
final class Configuration {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE|DIR",
            description =
                    "a configuration file, or a folder of them, read in the order of their names; repeatable, later ones win")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--home-net",
            paramLabel = "CIDR,…",
            description =
                    "the networks that are yours, %%HOME_NET%% in rules (default: the private and link-local ones)")
    private String homeNet;

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
        given.read(allFiles());
        values.forEach((key, value) -> set(given, key, value, "--set " + key + "=" + value));
        if (homeNet != null) {
            set(given, "variables." + Variables.HOME_NET, homeNet, "--home-net " + homeNet);
        }
        return given;
    }

    private static void set(Settings given, String key, String value, String option) {
        try {
            given.set(key, value);
        } catch (IllegalArgumentException wrong) {
            throw new Failure(ExitCode.USAGE, option + ": " + wrong.getMessage());
        }
    }

    /** Those of a folder in the order of the bytes of their names. */
    private List<Path> allFiles() {
        List<Path> all = new ArrayList<>();
        for (Path file : files) {
            if (!Files.isDirectory(file)) {
                all.add(file);
                continue;
            }
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(file, "*.{yaml,yml}")) {
                List<Path> inside = new ArrayList<>();
                entries.forEach(inside::add);
                inside.sort(null);
                all.addAll(inside);
            } catch (IOException | DirectoryIteratorException unreadable) {
                throw new Failure(ExitCode.USAGE, file + ": cannot be read: " + unreadable.getMessage());
            }
        }
        return all;
    }
}
