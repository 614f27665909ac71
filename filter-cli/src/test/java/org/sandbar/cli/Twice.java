package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Replays the samples to a file and to another output, which shall get what the file does. */
record Twice(Path folder) {
    private static final long PATIENCE_SECONDS = 60;

    private Path direct() {
        return folder.resolve("direct.json");
    }

    List<String> arguments(String output, int times) {
        List<String> arguments = new ArrayList<>(List.of(
                "replay",
                "--spill",
                folder.resolve("spill").toString(),
                "-o",
                "eve:" + direct(),
                "-o",
                output,
                "--set",
                "limits.sink-patience-seconds=30"));
        arguments.addAll(Collections.nCopies(times, Run.SAMPLES.toString()));
        return arguments;
    }

    Run replay(String output, int times, String... more) {
        List<Object> arguments = new ArrayList<>(arguments(output, times));
        arguments.addAll(List.of(more));
        return Run.of(arguments.toArray());
    }

    /** Starts it in a process of its own. */
    Program start(String output, int times) throws IOException {
        return Program.start(folder, Program.sandbar(arguments(output, times).toArray(String[]::new)));
    }

    /** What the file got in the last replay. */
    List<String> expected() throws IOException {
        return events(Files.readAllLines(direct()));
    }

    /** Statistics differ, for they count what has been sent meanwhile. */
    static List<String> events(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.contains("\"event_type\":\"stats\""))
                .toList();
    }

    /** Says no more than the first line that differs. */
    static void assertSame(List<String> expected, List<String> arrived) {
        for (int i = 0; i < Math.min(expected.size(), arrived.size()); i++) {
            assertEquals(expected.get(i), arrived.get(i), "line " + i);
        }
        assertEquals(expected.size(), arrived.size());
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean() && System.nanoTime() < endNs) {
            Thread.sleep(20);
        }
    }
}
