package org.sandbar.cli;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.sandbar.bytes.Limits;
import org.sandbar.capture.CaptureException;
import org.sandbar.capture.PacketSource;
import org.sandbar.engine.Correlator;
import org.sandbar.engine.Pipeline;
import org.sandbar.engine.ShardSettings;
import org.sandbar.output.EventSink;
import org.sandbar.output.OutputException;
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
        return run(source, Owners.NONE, statisticsSeconds, () -> {}, stop);
    }

    /**
     * The same where the source's traffic may be that of this machine.
     *
     * @param begun is called when signals are heeded
     */
    int run(PacketSource source, Owners owners, int statisticsSeconds, Runnable begun, Consumer<Pipeline> stop) {
        ShardSettings stage1 = settings.shardSettings(
                options.verifyChecksums(), port -> trust.join().rangeOf(port) != null);
        try (Outlets outlets = new Outlets(console, options, settings.limits(), source.reception() == null)) {
            Pipeline pipeline = new Pipeline(source, options.shards(), stage1, outlets.keeper());
            Signals printing = Signals.heed("USR1", () -> printAsked.set(true));
            // What comes before the rules are read is done when they are.
            Signals reloading = Signals.heed("HUP", () -> reload.thenAccept(Reload::run));
            Runnable end = () -> stop.accept(pipeline);
            try (StopSignals signals = StopSignals.heed(() -> {
                end.run();
                outlets.deliveries().hurry();
            })) {
                begun.run();
                pipeline.start();
                return signals.endWith(run(pipeline, source, owners, statisticsSeconds, outlets, end));
            } finally {
                printing.close();
                reloading.close();
            }
        }
    }

    /** The first packets are looked into while the rules are read; only who asks for a plugin's ports waits for the table of trust. */
    private int run(
            Pipeline pipeline,
            PacketSource source,
            Owners owners,
            int statisticsSeconds,
            Outlets outlets,
            Runnable end) {
        trust.complete(Knowledge.trust(settings));
        Knowledge knowledge = Knowledge.load(trust.join(), options.ruleFiles(), settings);
        knowledge.rules().warnings().forEach(console::say);
        List<EventSink> sinks = outlets.open(source.reception() == null ? null : end);
        Correlator correlator = new Correlator(knowledge.correlatorSettings(owners, settings), sinks);
        Reload reloading = new Reload(console, options, correlator, outlets.outputs(), knowledge.rules());
        Reports reports =
                new Reports(console, source, pipeline, correlator, outlets, statisticsSeconds, printAsked, reloading);
        reload.complete(reloading);
        try {
            List<CaptureException> unreadable = pipeline.run(correlator, reports);
            reports.tell();
            reports.erase();
            unreadable.forEach(failure -> console.say(failure.getMessage()));
            if (!outlets.isQuiet()) {
                reports.print();
            }
            int code = outlets.end(correlator.worst());
            return code == ExitCode.DONE && !unreadable.isEmpty() ? ExitCode.INPUT : code;
        } catch (OutputException gone) {
            reports.erase();
            return outlets.end(gone);
        }
    }
}
