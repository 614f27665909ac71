package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The output is the same for any number of shards, byte for byte. */
class ShardsTest {
    private static void isTheSame(Object... arguments) {
        byte[] one = sharded(1, arguments);
        assertTrue(one.length > 0);
        for (int shards : new int[] {2, 4}) {
            assertArrayEquals(one, sharded(shards, arguments), shards + " shards");
        }
    }

    private static byte[] sharded(int shards, Object... arguments) {
        Object[] words = new Object[arguments.length + 4];
        System.arraycopy(new Object[] {"replay", "-q", "--shards", shards}, 0, words, 0, 4);
        System.arraycopy(arguments, 0, words, 4, arguments.length);
        return Run.of(words).data();
    }

    @Test
    void forTheSamples() {
        isTheSame(Run.SAMPLES);
    }

    /** Many small batches, and time that goes back where one capture follows another. */
    @Test
    void forTheCapturesOfOthers() {
        Path captures = Run.SHARED.resolve("captures");
        assumeTrue(Files.isDirectory(captures));
        isTheSame(captures);
        isTheSame(captures, Run.SAMPLES, "--set", "limits.batch-bytes=131072");
    }

    /** Flows that crowd each other out would tell the number of shards, for each has a table of its own: this many do not. */
    @Test
    void forAMix(@TempDir Path folder) throws IOException, InterruptedException {
        Path mix = Mix.make(folder, 20_000, 3).capture();
        isTheSame(mix);
        isTheSame(mix, "--set", "limits.tcp-idle-seconds=1", "--set", "limits.closed-seconds=0");
    }
}
