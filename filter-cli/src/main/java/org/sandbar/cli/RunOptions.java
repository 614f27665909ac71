package org.sandbar.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.sandbar.engine.BuiltIn;
import org.sandbar.event.EventKind;
import org.sandbar.rule.Rule;
import org.sandbar.yaml.Spelling;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands that look into packets have in common on the command line, wherever the packets come from. */
final class RunOptions {
    private static final int MOST_SHARDS = 256;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT:DEST",
            description =
                    "write events so; repeatable. Formats: eve, ecs, ocsf, cef, leef, text; DEST a file, -, tcp://, tls://, udp://, syslog+tcp://,"
                            + " syslog+tls://, syslog+udp://HOST:PORT or kafka://HOST:PORT/TOPIC, with ?NAME=VALUE&… behind it: docs/outputs.md (default: eve:-)")
    private List<String> outputs = new ArrayList<>();

    @Mixin
    private Spilling spilling = new Spilling();

    @Mixin
    private MetricsPage metricsPage = new MetricsPage();

    @Option(
            names = "--events",
            paramLabel = "KIND",
            split = ",",
            description = "write only events of these kinds: alert, flow, ftp, http, stats, …")
    private Set<String> events = new LinkedHashSet<>();

    @Option(
            names = {"-f", "--filter"},
            paramLabel = "BPF",
            description = "look only at packets that this expression of tcpdump's lets through")
    private String filter;

    @Option(
            names = {"-k", "--checksums"},
            paramLabel = "all|none",
            description = "pass over packets with a wrong checksum, or look at none (default: none)")
    private Checksums checksums = Checksums.none;

    @Mixin
    private RuleFiles ruleFiles = new RuleFiles();

    @Mixin
    private Configuration configuration = new Configuration();

    @Mixin
    private Keeping keeping = new Keeping();

    @Option(
            names = "--shards",
            paramLabel = "N",
            description = "threads that look into packets (default: by processors)")
    private int shards;

    @Option(
            names = "--fail-on",
            paramLabel = "LEVEL",
            converter = LevelWord.class,
            completionCandidates = LevelWord.class,
            description = "exit with 10 where an alert is of this level or above: ${COMPLETION-CANDIDATES}")
    private Rule.Level failOn;

    @Option(
            names = {"-q", "--quiet"},
            description = "no summary and no progress")
    private boolean quiet;

    /** As the user writes them. */
    private enum Checksums {
        all,
        none
    }

    /** What is wrong with them and can be known before anything is opened. */
    void check() {
        checkKinds("--events", events);
        if (shards < 0 || shards > MOST_SHARDS) {
            throw new Failure(
                    ExitCode.USAGE, "--shards must be from 1 to 256, or 0 for as many as suit the processors");
        }
        keeping.check();
    }

    /** Whether all of these are kinds of events; {@code option} is what named them. */
    static void checkKinds(String option, Iterable<String> kinds) {
        List<String> known = new ArrayList<>(List.of("alert", "stats"));
        for (EventKind kind : BuiltIn.kinds()) {
            known.add(kind.name());
        }
        for (String kind : kinds) {
            if (!known.contains(kind)) {
                throw new Failure(
                        ExitCode.USAGE,
                        option + ": no kind of event is called '" + kind + "'" + Spelling.hint(kind, known));
            }
        }
    }

    List<String> outputs() {
        return outputs.isEmpty() ? List.of("eve:-") : outputs;
    }

    /** The kinds of events that are wanted; all where none is named. */
    Set<String> events() {
        return events;
    }

    /** The filter expression, or null. */
    String filter() {
        return filter;
    }

    boolean verifyChecksums() {
        return checksums == Checksums.all;
    }

    /** The files and folders of the rules to run by. */
    List<Path> ruleFiles() {
        return ruleFiles.paths();
    }

    Settings settings() {
        return configuration.settings();
    }

    int shards() {
        return shards > 0
                ? shards
                : Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors() - 1));
    }

    /** Whether the worst alert of a run is one that the command is to fail for; null where there was none. */
    boolean failsOn(Rule.Level worst) {
        return failOn != null && worst != null && worst.compareTo(failOn) >= 0;
    }

    MetricsPage metricsPage() {
        return metricsPage;
    }

    /** Where events wait for a destination that is down. */
    Path spillFolder() {
        return spilling.folder();
    }

    Keeping keeping() {
        return keeping;
    }

    boolean quiet() {
        return quiet;
    }
}
