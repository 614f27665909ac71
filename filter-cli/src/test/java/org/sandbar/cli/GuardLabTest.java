package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guard on a router between real clients and servers: scripts of {@code lab}, each of which says what does not hold. */
class GuardLabTest {
    private static final long PATIENCE_SECONDS = 180;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"guard.sh", "guard-ftp.sh", "guard-attacks.sh", "guard-faults.sh"})
    void holds(String script) throws IOException, InterruptedException {
        assumeTrue(Files.isReadable(Path.of("/proc/1/environ")), "needs root, to make network namespaces");
        List<String> command =
                new ArrayList<>(List.of(Run.ROOT.resolve("lab").resolve(script).toString()));
        command.addAll(Program.sandbar());
        try (Program lab = Program.start(folder, command)) {
            lab.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertEquals(0, lab.code(), () -> lab.data() + lab.messages());
        }
    }
}
