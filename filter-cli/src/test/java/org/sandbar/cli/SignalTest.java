package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real process, reading a pipe on which nothing more comes, is told to stop: it finishes what it has, and is done. */
@Timeout(60)
class SignalTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"INT, 2", "TERM, 15"})
    void endsTheRun(String signal, int number) throws IOException, InterruptedException {
        assumeTrue(isHeeded(number));
        byte[] capture = Files.readAllBytes(Run.SAMPLES.resolve("ftp/bounce/input.pcap"));
        try (Program program = Program.start(folder, Program.sandbar("replay", "-"));
                OutputStream pipe = program.process().getOutputStream()) {
            // The last record is not whole: the signal comes in the middle of it.
            pipe.write(capture, 0, capture.length - 10);
            pipe.flush();
            waitUntilReading(program.process());
            program.signal(signal);
            assertEquals(ExitCode.DONE, program.code());
            String text = program.data();
            assertTrue(text.endsWith("}\n"));
            text.lines().forEach(Run::event);
            assertTrue(text.contains("\"rule\":\"ftp-bounce\""));
            assertTrue(program.messages().startsWith("37 packets, "), program.messages());
        }
    }

    /** Where the signal was ignored before this program was started, as under nohup, it stays so. */
    private static boolean isHeeded(int number) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("SigIgn:")) {
                return (Long.parseUnsignedLong(line.substring(7).trim(), 16) & 1L << number - 1) == 0;
            }
        }
        return false;
    }

    /** The pipeline's threads stand when it has begun to read. */
    private static void waitUntilReading(Process process) throws IOException, InterruptedException {
        Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
        for (int tries = 0; tries < 200 && !hasThread(threads, "sandbar-shard-0"); tries++) {
            Thread.sleep(50);
        }
        Thread.sleep(100);
    }

    private static boolean hasThread(Path threads, String name) throws IOException {
        try (java.util.stream.Stream<Path> tasks = Files.list(threads)) {
            return tasks.anyMatch(task -> {
                try {
                    return Files.readString(task.resolve("comm")).trim().equals(name);
                } catch (IOException over) {
                    return false;
                }
            });
        }
    }
}
