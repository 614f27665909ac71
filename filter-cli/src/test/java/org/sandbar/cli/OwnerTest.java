package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real programs log in to an FTP server of the same machine, which is watched: who started them decides what they are taken for. */
@Timeout(120)
class OwnerTest {
    private static final Path BASH = Path.of("/bin/bash");

    @TempDir
    Path folder;

    private Namespace namespace;
    private Program server;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        assumeTrue(Namespace.isInstalled("curl"), "needs curl");
        namespace = Namespace.make(folder);
        namespace.ip("link", "set", "lo", "up");
        server = SlowFtpServer.start(folder, namespace);
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        if (server != null) {
            server.close();
        }
        if (namespace != null) {
            namespace.delete();
        }
    }

    private record Seen(JsonNode flow, String messages) {
        JsonNode own(String key) {
            return flow.get("sandbar").path(key);
        }

        List<String> signals() {
            List<String> signals = new ArrayList<>();
            own("trust")
                    .get("evidence")
                    .forEach(row -> signals.add(row.get("signal").asText()));
            return signals;
        }
    }

    /** Watches while this is done, as a command that is preceded by this one. */
    private Seen watch(List<String> rights, String... command) throws IOException, InterruptedException {
        List<String> watch = new ArrayList<>(rights);
        watch.addAll(Program.sandbar("watch", "-i", "lo", "--events", "flow", "--stats-interval", "0"));
        try (Program sandbar = Program.start(folder, namespace.in(watch))) {
            sandbar.awaitMessage("sandbar: watching lo");
            try (Program client = Program.start(folder, namespace.in(List.of(command)))) {
                client.code();
            }
            sandbar.signal("TERM");
            assertEquals(ExitCode.DONE, sandbar.code(), sandbar.messages());
            assertEquals(1, sandbar.data().lines().count(), sandbar.data());
            return new Seen(Run.event(sandbar.data()), sandbar.messages());
        }
    }

    /** A program of this name that runs a script, as a parent that waits for what the script starts. */
    private Path program(String name) throws IOException {
        return Files.copy(BASH, folder.resolve(name));
    }

    private static String login() {
        return "curl -s " + SlowFtpServer.URL + "; exit 0";
    }

    @Test
    void aProgramThatSomebodyStarted() throws IOException, InterruptedException {
        Seen seen = watch(List.of(), BASH.toString(), "-c", login());
        assertEquals("trusted", seen.own("trust").get("class").asText());
        assertTrue(seen.signals().contains("process-program"), seen.signals()::toString);
        JsonNode process = seen.own("process");
        assertTrue(process.path("executable").asText().endsWith("/curl"), seen.flow()::toString);
        assertTrue(process.get("parents").get(0).asText().endsWith("/bash"), process::toString);
        assertEquals(System.getProperty("user.name"), process.get("user").asText());
        assertEquals("client", process.get("side").asText());
        assertFalse(seen.messages().contains("no right"), seen.messages());
    }

    /** The same words, and the same program. */
    @Test
    void aBrowsersChildIsNoDesktopProgram() throws IOException, InterruptedException {
        Path browser = program("firefox");
        Seen seen = watch(List.of(), browser.toString(), "-c", login());
        assertEquals("unknown", seen.own("trust").get("class").asText());
        assertEquals("process-browser", seen.own("trust").get("barred_by").asText());
        assertTrue(seen.signals().contains("ftp-login"), seen.signals()::toString);
        assertFalse(seen.signals().contains("process-program"), seen.signals()::toString);
        assertEquals(
                browser.toString(), seen.own("process").get("parents").get(0).asText());
    }

    @Test
    void anFtpProgramByItsName() throws IOException, InterruptedException {
        assumeTrue(Namespace.isInstalled("lftp"), "needs lftp");
        Seen seen = watch(
                List.of(), "lftp", "-c", "set net:max-retries 1; open " + SlowFtpServer.URL + "; pwd; site x; quit");
        assertEquals("trusted", seen.own("trust").get("class").asText());
        assertTrue(seen.signals().contains("process-program"), seen.signals()::toString);
        assertTrue(seen.own("process").get("executable").asText().endsWith("/lftp"));
    }

    /** What is neither is named, and says nothing of who talks. */
    @Test
    void anythingElse() throws IOException, InterruptedException {
        Path program = program("something");
        Seen seen = watch(
                List.of(),
                program.toString(),
                "-c",
                "exec 3<>/dev/tcp/127.0.0.1/2121; echo USER x >&3; sleep 1; exit 0");
        assertEquals(program.toString(), seen.own("process").get("executable").asText());
        assertFalse(seen.signals().toString().contains("process-"), seen.signals()::toString);
    }

    @Test
    void withoutTheRightItIsSaidOnceAndIsNoFailure() throws IOException, InterruptedException {
        String taken = "-sys_ptrace,-dac_read_search,-dac_override";
        Seen seen = watch(
                List.of("setpriv", "--inh-caps=" + taken, "--bounding-set=" + taken), BASH.toString(), "-c", login());
        assertTrue(seen.own("process").isMissingNode(), seen.flow()::toString);
        assertFalse(seen.signals().toString().contains("process-"), seen.signals()::toString);
        assertTrue(seen.messages().startsWith("sandbar: no right to see which processes of others own connections"));
        assertEquals(1, seen.messages().split("no right", -1).length - 1, seen.messages());
    }
}
