package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A generated traffic mix, and what its generator says is in it. */
record Mix(Path capture, Map<String, Long> truth) {
    private static final Path SOURCE = Run.SHARED.resolve("bench/mixgen.cc");
    private static final int CONCURRENT_FLOWS = 300;

    /** Makes one in this folder; the test is skipped where the generator or a compiler is missing. */
    static Mix make(Path folder, int packets, int seed) throws IOException, InterruptedException {
        assumeTrue(Files.exists(SOURCE));
        Path program = folder.resolve("mixgen");
        if (!Files.exists(program)) {
            assumeTrue(List.of(System.getenv("PATH").split(":")).stream()
                    .anyMatch(place -> Files.isExecutable(Path.of(place, "g++"))));
            run("g++", "-O2", "-o", program.toString(), SOURCE.toString());
        }
        Path capture = folder.resolve("mix-" + seed + ".pcap");
        String told = run(program, capture, packets, seed, CONCURRENT_FLOWS);
        Map<String, Long> truth = new TreeMap<>();
        told.lines().forEach(line -> {
            int equals = line.indexOf('=');
            truth.put(line.substring(0, equals), Long.valueOf(line.substring(equals + 1)));
        });
        return new Mix(capture, truth);
    }

    private static String run(Object... words) throws IOException, InterruptedException {
        List<String> command = List.of(words).stream().map(Object::toString).toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), told);
        return told;
    }
}
