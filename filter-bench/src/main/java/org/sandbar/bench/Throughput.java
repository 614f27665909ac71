package org.sandbar.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.stream.DoubleStream;
import org.sandbar.bench.mix.Counts;
import org.sandbar.bench.mix.MixOptions;
import org.sandbar.bench.mix.Quantity;
import org.sandbar.bench.mix.TrafficMix;
import org.sandbar.output.Format;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Runs the whole program on a traffic mix, cold and warm, prints what that took, and compares what Sandbar counted with the truth: a speed
 * at which something is missed is worth nothing.
 */
@Command(
        name = "throughput",
        mixinStandardHelpOptions = true,
        description = "Measures whole replays of a traffic mix; exits with 1 where Sandbar counted wrongly.")
public final class Throughput implements Callable<Integer> {
    @Mixin
    private MixOptions wanted;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "5",
            description = "cold runs, and as many warm ones (default: ${DEFAULT-VALUE})")
    private int runs;

    @Option(names = "--shards", paramLabel = "N", description = "as for replay (default: by processors)")
    private int shards;

    @Option(names = "--writing", description = "measure only what writing costs, in each format")
    private boolean onlyWriting;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "where mixes are kept and found again (default: in the system's temporary folder)")
    private Path folder = Path.of(System.getProperty("java.io.tmpdir"), "sandbar-bench");

    private Path capture;
    private Counts truth;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Throughput()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Installation installation = Installation.here();
        Files.createDirectories(folder);
        prepare();
        if (onlyWriting) {
            writing(WarmRun.of(installation, capture));
            return 0;
        }
        truth.lines().forEach(System.out::println);
        List<String> differences = truth.differences(counted(installation));
        cold(installation);
        WarmRun warm = WarmRun.of(installation, capture);
        warm(warm);
        writing(warm);
        differences.forEach(line -> System.out.println("DIFFERENCE " + line));
        return differences.isEmpty() ? 0 : 1;
    }

    private void prepare() throws IOException {
        String kind = wanted.only() == null ? "mix" : wanted.only().name().toLowerCase(Locale.ROOT);
        String name = kind + "-" + wanted.packets() + "-" + wanted.seed() + "-" + wanted.concurrent();
        capture = folder.resolve(name + ".pcap");
        // Written last, so a mix with its truth is a whole one.
        Path kept = folder.resolve(name + ".truth");
        if (Files.exists(kept) && Files.exists(capture)) {
            truth = Counts.of(Files.readAllLines(kept));
            return;
        }
        truth = new TrafficMix(wanted.packets(), wanted.seed(), wanted.concurrent(), wanted.only(), 0, 0, 0)
                .write(capture);
        Files.write(kept, truth.lines());
    }

    /** The first run also reads the capture into the system's cache, and has the launcher build what is missing. */
    private Counts counted(Installation installation) throws IOException, InterruptedException {
        Path eve = Files.createTempFile(folder, "eve-", ".ndjson");
        try {
            ColdRun.of(installation, capture, eve, shards);
            try (InputStream in = new BufferedInputStream(Files.newInputStream(eve))) {
                return EveCounts.read(in);
            }
        } finally {
            Files.delete(eve);
        }
    }

    private void cold(Installation installation) throws IOException, InterruptedException {
        double[] wall = new double[runs];
        double[] cpu = new double[runs];
        long peak = 0;
        for (int i = 0; i < runs; i++) {
            ColdRun run = ColdRun.of(installation, capture, Path.of("/dev/null"), shards);
            wall[i] = run.wallSeconds();
            cpu[i] = run.cpuSeconds();
            peak = Math.max(peak, run.peakBytes());
        }
        rates("cold median", median(wall));
        say("cold cpu median: %.3f s, peak memory %.1f MiB", median(cpu), peak / (double) (1 << 20));
    }

    /** As the launcher's default. */
    private int threads() {
        return shards > 0
                ? shards
                : Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors() - 1));
    }

    private double[] seconds(LongSupplier run) {
        double[] seconds = new double[runs];
        for (int i = 0; i < runs; i++) {
            seconds[i] = run.getAsLong() / 1e9;
        }
        return seconds;
    }

    private void warm(WarmRun warm) {
        double[] seconds = seconds(() -> warm.run(threads(), OutputStream.nullOutputStream()));
        rates("warm best", DoubleStream.of(seconds).min().orElse(Double.NaN));
        rates("warm median", median(seconds));
        WarmRun.Allocation allocation = warm.allocation();
        say("allocated bytes per packet: stage 1 %.2f, all %.2f", allocation.stage1(), allocation.all());
    }

    /**
     * What it costs to write the mix's events in each format: over a run that writes none, in turn with it, for the pace of a machine
     * changes; and alone, on one thread.
     */
    private void writing(WarmRun warm) {
        Format[] formats = Format.values();
        double[] nothing = new double[runs];
        double[][] written = new double[formats.length][runs];
        // The first round is for the compiler, and the second takes its place.
        for (int round = -1; round < runs; round++) {
            int at = Math.max(0, round);
            nothing[at] = warm.runSilently(threads()) / 1e9;
            for (int i = 0; i < formats.length; i++) {
                written[i][at] = warm.run(threads(), formats[i], OutputStream.nullOutputStream()) / 1e9;
            }
        }
        double silent = median(nothing);
        say("writing nothing: %.3f s", silent);
        Told told = warm.told();
        for (int i = 0; i < formats.length; i++) {
            double median = median(written[i]);
            Format format = formats[i];
            double alone = median(seconds(() -> told.write(format, OutputStream.nullOutputStream())));
            LineCount count = new LineCount();
            told.write(format, count);
            say(
                    "writing %s: %.3f s, %+.0f %%; alone %,.0f lines/s, %,d lines, %,d bytes",
                    format, median, 100 * (median - silent) / silent, count.lines / alone, count.lines, count.bytes);
        }
    }

    /** Counts what is written to it. */
    private static final class LineCount extends OutputStream {
        private long lines;
        private long bytes;

        @Override
        public void write(int letter) {
            lines += letter == '\n' ? 1 : 0;
            bytes++;
        }
    }

    private void rates(String what, double seconds) {
        say(
                "%s: %.3f s, %,.0f packets/s, %,.0f bytes/s",
                what, seconds, truth.of(Quantity.PACKETS) / seconds, truth.of(Quantity.BYTES) / seconds);
    }

    private static double median(double[] values) {
        return DoubleStream.of(values)
                .sorted()
                .skip(values.length / 2)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
