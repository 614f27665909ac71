package org.sandbar.cli;

import java.util.List;
import org.sandbar.bytes.Limits;
import org.sandbar.output.EventSink;
import org.sandbar.output.OutputException;
import org.sandbar.output.PacketKeeper;
import org.sandbar.rule.Rule;
import org.sandbar.sink.Deliveries;

/** All ways out of a run: its outputs, the file of kept packets, and the page of metrics. On the command's thread. */
final class Outlets implements AutoCloseable {
    private final Console console;
    private final RunOptions options;
    private final Deliveries deliveries;
    private final PacketKeeper keeper;
    private final Metrics metrics;
    private final MetricsPage.Server page;
    private Outputs outputs;
    private List<EventSink> sinks = List.of();

    /**
     * Opens the page, which shows a run from its beginning.
     *
     * @param patient whether the run waits for outputs that are slow; otherwise it loses what they have no room for
     */
    Outlets(Console console, RunOptions options, Limits limits, boolean patient) {
        this.console = console;
        this.options = options;
        deliveries = new Deliveries(limits, options.spillFolder(), patient, console::say);
        keeper = options.keeping().keeper(limits, console);
        metrics = options.metricsPage().isWanted() ? new Metrics(deliveries) : null;
        page = metrics == null ? () -> {} : options.metricsPage().open(metrics);
    }

    /**
     * Opens the others.
     *
     * @param unread is run when whoever read standard output has closed it; where it is null, that is a failure as any other
     * @return what takes the run's events
     */
    List<EventSink> open(Runnable unread) {
        outputs = new Outputs(console, options.events(), deliveries, unread);
        sinks = outputs.open(options.outputs());
        if (keeper != null) {
            options.keeping().open(keeper);
            sinks.add(keeper);
        }
        if (metrics != null) {
            metrics.observeOutputs();
            sinks.add(metrics);
        }
        return sinks;
    }

    Outputs outputs() {
        return outputs;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    /** Null where no packets are kept. */
    PacketKeeper keeper() {
        return keeper;
    }

    /** Null where nobody asked for them. */
    Metrics metrics() {
        return metrics;
    }

    /** Whether nothing is to be said for people: they do not want it, or have closed standard output. */
    boolean isQuiet() {
        return options.quiet() || outputs != null && outputs.isUnread();
    }

    /**
     * Everything that was said leaves the program.
     *
     * @param worst the worst alert, or null
     * @return the exit code
     */
    int end(Rule.Level worst) {
        if (!isQuiet()) {
            Summary.print(console.messages(), keeper);
        }
        sinks.forEach(EventSink::close);
        if (!isQuiet()) {
            Summary.print(console.messages(), deliveries);
        }
        if (!deliveries.isComplete() || hasKeepingFailed()) {
            return ExitCode.FAILED;
        }
        return options.failsOn(worst) ? ExitCode.ALERTED : ExitCode.DONE;
    }

    /**
     * An output is gone that the run waits for: the others still get what was said so far. Whoever read our standard output has seen
     * enough: that is no failure.
     *
     * @return the exit code
     */
    int end(OutputException gone) {
        sinks.forEach(Outlets::closeWhatIsLeft);
        boolean unread = gone.destination().equals(Outputs.STANDARD_OUTPUT);
        if (!unread) {
            console.say(gone.getMessage());
        }
        return unread && !hasKeepingFailed() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static void closeWhatIsLeft(EventSink sink) {
        try {
            sink.close();
        } catch (OutputException alsoGone) {
            // The first that went is the one that is told.
        }
    }

    private boolean hasKeepingFailed() {
        return keeper != null && keeper.hasFailed();
    }

    @Override
    public void close() {
        page.close();
    }
}
