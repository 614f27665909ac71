package org.sandbar.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.sandbar.capture.CaptureException;
import org.sandbar.capture.Captures;
import org.sandbar.capture.FilteredSource;
import org.sandbar.capture.PacketSource;
import org.sandbar.engine.Pipeline;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sandbar replay}: reads recorded packets and writes events, verdicts and alerts. */
@Command(
        name = "replay",
        description = "Reads captures and writes events, verdicts and alerts; a summary goes to stderr.",
        sortOptions = false)
final class Replay implements Callable<Integer> {
    private final Console console;

    @Parameters(
            paramLabel = "PCAP",
            arity = "1..*",
            description =
                    "captures: pcap or pcapng, also .gz and .zst; folders with all that is below them; - for standard input")
    private List<String> captures;

    @Mixin
    private RunOptions options = new RunOptions();

    Replay(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        options.check();
        options.keeping().checkAgainst(captures);
        Session session = new Session(console, options);
        try (PacketSource source = open()) {
            return session.run(source, 0, this::stop);
        }
    }

    private PacketSource open() {
        try {
            PacketSource source = Captures.open(captures, console.input());
            return options.filter() == null ? source : filtered(source);
        } catch (CaptureException unusable) {
            throw new Failure(ExitCode.INPUT, unusable.getMessage());
        }
    }

    private PacketSource filtered(PacketSource source) {
        try {
            return new FilteredSource(source, options.filter());
        } catch (CaptureException wrong) {
            source.close();
            throw new Failure(ExitCode.USAGE, "-f: " + wrong.getMessage());
        } catch (FilteredSource.LibraryMissing missing) {
            source.close();
            throw new Failure(ExitCode.MISSING, missing.getMessage());
        }
    }

    /** A read may wait for a pipe in which nothing comes. */
    private void stop(Pipeline pipeline) {
        pipeline.stop();
        try {
            console.input().close();
        } catch (IOException closed) {
            // Nothing more comes of it, and that is what was wanted.
        }
    }
}
