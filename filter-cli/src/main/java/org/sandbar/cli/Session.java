package org.sandbar.cli;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.sandbar.bytes.Limits;
import org.sandbar.capture.CaptureException;
import org.sandbar.capture.PacketSource;
import org.sandbar.engine.BuiltIn;
import org.sandbar.engine.Correlator;
import org.sandbar.engine.Pipeline;
import org.sandbar.engine.ShardSettings;
import org.sandbar.output.EventSink;
import org.sandbar.output.OutputException;
import org.sandbar.output.PacketKeeper;
import org.sandbar.sink.Deliveries;
import org.sandbar.trust.Owners;
import org.sandbar.trust.TrustTable;

/**
 * One run of both stages over a source, wherever its packets come from: loads what is decided by, opens the outputs, ends with the
 * source or on a signal, and says how it went. Used once, by the command's thread.
 */
final class Session {
    private final Console console;
    private final RunOptions options;
    private final Settings settings;
    private final CompletableFuture<TrustTable> trust = new CompletableFuture<>();
    private final AtomicBoolean printAsked = new AtomicBoolean();
    private final CompletableFuture<Reload> reload = new CompletableFuture<>();

    /** Reads the settings that the options name. */
    Session(Console console, RunOptions options) {
        this.console = console;
        this.options = options;
        settings = options.settings();
    }

    Limits limits() {
        return settings.limits();
    }

    /**
     * Runs to the end of the source, which stays the caller's.
     *
     * @param statisticsSeconds after how long statistics are told, again and again; 0 for at the end alone
     * @param stop ends the source when a signal has come; any thread
     * @return the exit code
     */
    int run(PacketSource source, int statisticsSeconds, Consumer<Pipeline> stop) {
        return run(source, Owners.NONE, statisticsSeconds, stop);
    }

    /** The same where the source's traffic may be that of this machine. */
    int run(PacketSource source, Owners owners, int statisticsSeconds, Consumer<Pipeline> stop) {
        ShardSettings stage1 = new ShardSettings(
                BuiltIn.PROTOCOLS,
                settings.limits(),
                settings.armed(),
                options.verifyChecksums(),
                port -> trust.join().rangeOf(port) != null);
        PacketKeeper keeper = options.keeping().keeper(settings.limits(), console);
        Pipeline pipeline = new Pipeline(source, options.shards(), stage1, keeper);
        Deliveries deliveries =
                new Deliveries(settings.limits(), options.spillFolder(), source.reception() == null, console::say);
        Metrics metrics = options.metricsPage().isWanted() ? new Metrics(deliveries) : null;
        MetricsPage.Server page =
                metrics == null ? () -> {} : options.metricsPage().open(metrics);
        Signals printing = Signals.heed("USR1", () -> printAsked.set(true));
        // What comes before the rules are read is done when they are.
        Signals reloading = Signals.heed("HUP", () -> reload.thenAccept(Reload::run));
        try (StopSignals signals = StopSignals.heed(() -> {
            stop.accept(pipeline);
            deliveries.hurry();
        })) {
            pipeline.start();
            return signals.endWith(run(pipeline, keeper, source, owners, statisticsSeconds, deliveries, metrics));
        } finally {
            page.close();
            printing.close();
            reloading.close();
        }
    }

    /** The first packets are looked into while the rules are read; only who asks for a plugin's ports waits for the table of trust. */
    private int run(
            Pipeline pipeline,
            PacketKeeper keeper,
            PacketSource source,
            Owners owners,
            int statisticsSeconds,
            Deliveries deliveries,
            Metrics metrics) {
        trust.complete(Knowledge.trust(settings));
        Knowledge knowledge = Knowledge.load(trust.join(), options.ruleFiles(), settings);
        knowledge.rules().warnings().forEach(console::say);
        Outputs outputs = new Outputs(console, options.events(), deliveries);
        List<EventSink> sinks = outputs.open(options.outputs());
        if (keeper != null) {
            options.keeping().open(keeper);
            sinks.add(keeper);
        }
        if (metrics != null) {
            metrics.observeOutputs();
            sinks.add(metrics);
        }
        Correlator correlator = new Correlator(knowledge.correlatorSettings(owners, settings), sinks);
        Reports reports = new Reports(
                console,
                source,
                pipeline,
                correlator,
                deliveries,
                metrics,
                options.quiet(),
                statisticsSeconds,
                printAsked);
        reload.complete(new Reload(console, options, correlator, outputs, knowledge.rules()));
        try {
            List<CaptureException> unreadable = pipeline.run(correlator, reports);
            reports.tell();
            reports.erase();
            unreadable.forEach(failure -> console.say(failure.getMessage()));
            if (!options.quiet()) {
                reports.print();
                Summary.print(console.messages(), keeper);
            }
            sinks.forEach(EventSink::close);
            if (!options.quiet()) {
                Summary.print(console.messages(), deliveries);
            }
            if (!deliveries.isComplete()) {
                return ExitCode.FAILED;
            }
            if (keeper != null && keeper.hasFailed()) {
                return ExitCode.FAILED;
            }
            if (options.failsOn(correlator.worst())) {
                return ExitCode.ALERTED;
            }
            return unreadable.isEmpty() ? ExitCode.DONE : ExitCode.INPUT;
        } catch (OutputException gone) {
            reports.erase();
            sinks.forEach(Session::closeWhatIsLeft);
            int code = outputEnded(gone);
            return keeper != null && keeper.hasFailed() ? ExitCode.FAILED : code;
        }
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
}
