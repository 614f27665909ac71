package org.sandbar.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.sandbar.capture.live.CannotWatch;
import org.sandbar.capture.live.LiveSettings;
import org.sandbar.capture.live.LiveSource;
import org.sandbar.trust.endpoint.LocalOwners;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sandbar watch}: reads packets as they pass interfaces, and writes events, verdicts and alerts. */
@Command(
        name = "watch",
        description =
                "Watches interfaces and writes events, verdicts and alerts, until it is stopped; a summary goes to stderr.",
        sortOptions = false)
final class Watch implements Callable<Integer> {
    private static final int LONGEST_PACKET = 262_144;
    private static final int LARGEST_BUFFER_MB = 2_047;

    private final Console console;

    @Option(
            names = {"-i", "--interface"},
            paramLabel = "NAME",
            required = true,
            description = "watch this interface; repeatable. 'any' for all together; sandbar interfaces lists them")
    private Set<String> interfaces;

    @Parameters(paramLabel = "BPF", arity = "0..*", description = "a filter expression of tcpdump's, as with -f")
    private List<String> filterWords = new ArrayList<>();

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(
            names = "--snaplen",
            paramLabel = "BYTES",
            description = "look at so many bytes of a packet (default: ${DEFAULT-VALUE})")
    private int snapBytes = LONGEST_PACKET;

    @Option(
            names = "--buffer-mb",
            paramLabel = "MB",
            description = "the kernel keeps so much of each interface until it is read (default: ${DEFAULT-VALUE})")
    private int bufferMb = 64;

    @Option(
            names = {"-p", "--no-promiscuous"},
            description = "do not ask for packets that are for others")
    private boolean notPromiscuous;

    @Option(
            names = "--immediate",
            description = "take each packet when it comes: a tenth of a second sooner, and fewer in a second")
    private boolean immediate;

    @Option(
            names = "--duration",
            paramLabel = "SECONDS",
            description = "end after so long (default: when it is stopped)")
    private long durationSeconds = Long.MAX_VALUE;

    @Option(names = "--max-packets", paramLabel = "N", description = "end after so many packets")
    private long mostPackets = Long.MAX_VALUE;

    @Mixin
    private LiveOptions live = new LiveOptions();

    Watch(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        options.check();
        LiveSettings settings = settings();
        Session session = new Session(console, options);
        try (LiveSource source = LiveSource.open(List.copyOf(interfaces), settings, console::say);
                LocalOwners owners = LocalOwners.open(session.limits(), console::say)) {
            return session.run(source, owners, live.statisticsSeconds(), this::sayBegun, pipeline -> source.stop());
        } catch (CannotWatch refused) {
            throw Failure.of(refused);
        }
    }

    private void sayBegun() {
        if (!options.quiet()) {
            console.say("watching " + String.join(", ", interfaces));
        }
    }

    private LiveSettings settings() {
        LiveOptions.check("--snaplen", snapBytes, 64, LONGEST_PACKET);
        LiveOptions.check("--buffer-mb", bufferMb, 1, LARGEST_BUFFER_MB);
        LiveOptions.check("--duration", durationSeconds, 1, Long.MAX_VALUE);
        LiveOptions.check("--max-packets", mostPackets, 1, Long.MAX_VALUE);
        live.check();
        return new LiveSettings(
                filter(),
                snapBytes,
                bufferMb << 20,
                !notPromiscuous,
                immediate,
                TimeUnit.SECONDS.toNanos(durationSeconds),
                mostPackets);
    }

    private String filter() {
        if (filterWords.isEmpty()) {
            return options.filter();
        }
        if (options.filter() != null) {
            throw new Failure(
                    ExitCode.USAGE,
                    "the filter was given twice: by -f, and as '" + String.join(" ", filterWords) + "'; give it once");
        }
        return String.join(" ", filterWords);
    }
}
