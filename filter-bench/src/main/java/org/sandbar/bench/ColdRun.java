package org.sandbar.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of the whole program, from the start of its process to the end: what a user waits for. Linux's {@code /proc} tells what it
 * took: processor time from the times of children that were waited for, peak memory from {@code VmHWM}, looked at every few
 * milliseconds, so that what the process takes in its very last ones is missed.
 */
record ColdRun(double wallSeconds, double cpuSeconds, long peakBytes) {
    private static final int LOOK_MS = 5;
    /** Linux counts in hundredths for user space, whatever the kernel was built with. */
    private static final double TICKS = 100;

    /** Replays a capture with the launcher; the events go to {@code eve}. */
    static ColdRun of(Installation installation, Path capture, Path eve, int shards)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(installation.launcher().toString(), "replay", "-q", "-o", "eve:" + eve, capture.toString()));
        if (shards > 0) {
            command.addAll(List.of("--shards", Integer.toString(shards)));
        }
        long cpuBefore = childrenTicks();
        long startNs = System.nanoTime();
        Process process = new ProcessBuilder(command).inheritIO().start();
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        long peak = 0;
        while (!process.waitFor(LOOK_MS, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, peakBytes(status));
        }
        double wall = (System.nanoTime() - startNs) / 1e9;
        if (process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + process.exitValue());
        }
        return new ColdRun(wall, (childrenTicks() - cpuBefore) / TICKS, peak);
    }

    private static long peakBytes(Path status) {
        try {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) << 10;
                }
            }
        } catch (IOException over) {
            // It ended between two looks.
        }
        return 0;
    }

    /** The fields cutime and cstime of proc(5), counted from behind the name, which may hold anything. */
    private static long childrenTicks() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
    }
}
