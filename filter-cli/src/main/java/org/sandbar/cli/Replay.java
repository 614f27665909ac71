package org.sandbar.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.sandbar.capture.CaptureException;
import org.sandbar.capture.Captures;
import org.sandbar.capture.FilteredSource;
import org.sandbar.capture.PacketSource;
import org.sandbar.engine.BuiltIn;
import org.sandbar.engine.Correlator;
import org.sandbar.engine.Pipeline;
import org.sandbar.event.EventKind;
import org.sandbar.output.EventSink;
import org.sandbar.output.OutputException;
import org.sandbar.rule.Rule;
import org.sandbar.trust.TrustTable;
import org.sandbar.yaml.Spelling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sandbar replay}: reads recorded packets and writes events, verdicts and alerts. */
@Command(
        name = "replay",
        description = "Reads captures and writes events, verdicts and alerts; a summary goes to stderr.",
        sortOptions = false)
final class Replay implements Callable<Integer> {
    private static final long STOP_PATIENCE_SECONDS = 30;

    private final Console console;
    private final CompletableFuture<TrustTable> trust = new CompletableFuture<>();

    @Parameters(
            paramLabel = "PCAP",
            arity = "1..*",
            description =
                    "captures: pcap or pcapng, also .gz and .zst; folders with all that is below them; - for standard input")
    private List<String> captures;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT:DEST",
            description = "write events so; repeatable. Formats: eve, text; DEST a file or - (default: eve:-)")
    private List<String> outputs = new ArrayList<>();

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

    @Option(
            names = {"-s", "--rules"},
            paramLabel = "FILE|DIR",
            description = "rules beside the shipped ones; repeatable")
    private List<Path> addedRules = new ArrayList<>();

    @Option(
            names = {"-S", "--rules-only"},
            paramLabel = "FILE|DIR",
            description = "these rules alone; repeatable")
    private List<Path> onlyRules = new ArrayList<>();

    @Mixin
    private Configuration configuration = new Configuration();

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

    Replay(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        checkEvents();
        Settings given = configuration.settings();
        try (PacketSource source = open()) {
            Pipeline pipeline = new Pipeline(
                    source,
                    shardCount(),
                    BuiltIn.PROTOCOLS,
                    given.limits(),
                    given.armed(),
                    checksums == Checksums.all,
                    port -> trust.join().rangeOf(port) != null);
            CountDownLatch finished = new CountDownLatch(1);
            int[] code = {ExitCode.DONE};
            Thread hook = stopOnSignal(pipeline, finished, code);
            try {
                pipeline.start();
                code[0] = run(pipeline, source.totalBytes(), given);
            } finally {
                finished.countDown();
                forget(hook);
            }
            return code[0];
        }
    }

    private void checkEvents() {
        List<String> known = new ArrayList<>(List.of("alert", "stats"));
        for (EventKind kind : BuiltIn.kinds()) {
            known.add(kind.name());
        }
        for (String kind : events) {
            if (!known.contains(kind)) {
                throw new Failure(
                        ExitCode.USAGE,
                        "--events: no kind of event is called '" + kind + "'" + Spelling.hint(kind, known));
            }
        }
        if (shards < 0 || shards > 256) {
            throw new Failure(
                    ExitCode.USAGE, "--shards must be from 1 to 256, or 0 for as many as suit the processors");
        }
    }

    private PacketSource open() {
        try {
            PacketSource source = Captures.open(captures, console.input());
            return filter == null ? source : filtered(source);
        } catch (CaptureException unusable) {
            throw new Failure(ExitCode.INPUT, unusable.getMessage());
        }
    }

    private PacketSource filtered(PacketSource source) {
        try {
            return new FilteredSource(source, filter);
        } catch (CaptureException wrong) {
            source.close();
            throw new Failure(ExitCode.USAGE, "-f: " + wrong.getMessage());
        } catch (FilteredSource.LibraryMissing missing) {
            source.close();
            throw new Failure(ExitCode.MISSING, missing.getMessage());
        }
    }

    /** The first packets are looked into while the rules are read; only who asks for a plugin's ports waits for the table of trust. */
    private int run(Pipeline pipeline, long totalBytes, Settings given) {
        trust.complete(Knowledge.trust(given));
        Knowledge knowledge = Knowledge.load(trust.join(), addedRules, onlyRules, given);
        List<EventSink> sinks = new Outputs(console, events).open(outputs.isEmpty() ? List.of("eve:-") : outputs);
        Correlator correlator = new Correlator(
                BuiltIn.PROTOCOLS, knowledge.trust(), knowledge.rules(), given.limits(), given.site(), sinks);
        boolean showProgress = console.messagesIsTerminal() && !quiet && !console.dataIsTerminal();
        ProgressLine progress = new ProgressLine(showProgress ? console.messages() : null, totalBytes, correlator);
        long startNs = System.nanoTime();
        try {
            List<CaptureException> unreadable = pipeline.run(correlator, progress);
            correlator.tellStatistics(pipeline.counters());
            correlator.flush();
            progress.erase();
            unreadable.forEach(failure -> console.say(failure.getMessage()));
            if (!quiet) {
                Summary.print(console.messages(), pipeline.counters(), correlator, (System.nanoTime() - startNs) / 1e9);
            }
            sinks.forEach(EventSink::close);
            return exitCode(unreadable, correlator);
        } catch (OutputException gone) {
            progress.erase();
            sinks.forEach(Replay::closeWhatIsLeft);
            return outputEnded(gone);
        }
    }

    private int shardCount() {
        return shards > 0
                ? shards
                : Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors() - 1));
    }

    private int exitCode(List<CaptureException> unreadable, Correlator correlator) {
        if (failOn != null && correlator.worst() != null && correlator.worst().compareTo(failOn) >= 0) {
            return ExitCode.ALERTED;
        }
        return unreadable.isEmpty() ? ExitCode.DONE : ExitCode.INPUT;
    }

    /** Where one output is gone, the others still get what was said so far. */
    private static void closeWhatIsLeft(EventSink sink) {
        try {
            sink.close();
        } catch (OutputException alsoGone) {
            // The first that went is the one that is told.
        }
    }

    /** Whoever read our standard output has seen enough: that is no failure. */
    private int outputEnded(OutputException gone) {
        if (gone.destination().equals(Outputs.STANDARD_OUTPUT)) {
            return ExitCode.DONE;
        }
        console.say(gone.getMessage());
        return ExitCode.FAILED;
    }

    /** SIGINT and SIGTERM end reading; what was read is written with the summary, and the exit code is that of a run that is done. */
    private Thread stopOnSignal(Pipeline pipeline, CountDownLatch finished, int[] code) {
        Thread hook = new Thread(
                () -> {
                    pipeline.stop();
                    endInput();
                    try {
                        if (finished.await(STOP_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                            Runtime.getRuntime().halt(code[0]);
                        }
                    } catch (InterruptedException over) {
                        Thread.currentThread().interrupt();
                    }
                },
                "sandbar-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        return hook;
    }

    /** A read may wait for a pipe in which nothing comes. */
    private void endInput() {
        try {
            console.input().close();
        } catch (IOException closed) {
            // Nothing more comes of it, and that is what was wanted.
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            // A signal came: the hook itself ends the process.
        }
    }
}
