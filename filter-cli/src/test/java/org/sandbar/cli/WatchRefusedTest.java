package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What keeps an interface from being watched is one line with the remedy, and an exit code; the right to watch alone is enough. */
@Timeout(120)
class WatchRefusedTest {
    private static final String NOBODY = "65534";

    @TempDir
    Path folder;

    private Namespace namespace;

    @BeforeEach
    void makeNamespace() throws IOException, InterruptedException {
        namespace = Namespace.make(folder);
    }

    @AfterEach
    void deleteNamespace() throws IOException, InterruptedException {
        if (namespace != null) {
            namespace.delete();
        }
    }

    private void isRefused(int code, String message, List<String> command) throws IOException, InterruptedException {
        try (Program program = Program.start(folder, namespace.in(command))) {
            assertEquals(code, program.code(), program::messages);
            assertEquals("sandbar: " + message + "\n", program.messages());
            assertEquals("", program.data());
        }
    }

    private static List<String> watch(String... arguments) {
        List<String> all = new ArrayList<>(List.of("watch"));
        all.addAll(List.of(arguments));
        return Program.sandbar(all.toArray(String[]::new));
    }

    @Test
    void misspeltInterface() throws IOException, InterruptedException {
        isRefused(ExitCode.USAGE, "no interface is called 'wached': did you mean 'watched'?", watch("-i", "wached"));
        isRefused(
                ExitCode.USAGE,
                "no interface is called 'eth17'; known: lo, sending, watched, any",
                watch("-i", "watched", "-i", "eth17"));
    }

    @Test
    void interfaceThatIsDown() throws IOException, InterruptedException {
        namespace.ip("link", "set", Namespace.WATCHED, "down");
        isRefused(
                ExitCode.USAGE,
                "the interface watched is down; bring it up: ip link set watched up",
                watch("-i", "watched"));
    }

    @Test
    void wrongFilter() throws IOException, InterruptedException {
        isRefused(
                ExitCode.USAGE,
                "the filter 'prot 21' is not valid for watched: can't parse filter expression: syntax error",
                watch("-i", "watched", "prot", "21"));
        isRefused(
                ExitCode.USAGE,
                "the filter was given twice: by -f, and as 'port 21'; give it once",
                watch("-i", "watched", "-f", "tcp", "port", "21"));
    }

    @Test
    void missingLibrary() throws IOException, InterruptedException {
        isRefused(
                ExitCode.MISSING,
                "an interface is watched by libpcap, which cannot be loaded; apt-get install libpcap0.8",
                Program.afterMounting(Program.hiding("libpcap.so"), watch("-i", "watched")));
    }

    @Test
    void temporaryFolderWithoutPrograms() throws IOException, InterruptedException {
        Path noexec = Files.createDirectory(folder.resolve("noexec"));
        List<String> command = Program.sandbar(
                System.getProperty("java.class.path"),
                Run.ROOT,
                List.of("-Djna.tmpdir=" + noexec),
                "watch",
                "-i",
                "watched");
        try (Program program = Program.start(
                folder, namespace.in(Program.afterMounting("mount -t tmpfs -o noexec none " + noexec, command)))) {
            assertEquals(ExitCode.MISSING, program.code());
            String line = program.messages();
            assertTrue(line.startsWith("sandbar: the native part of JNA cannot be loaded (" + noexec), line);
            assertTrue(line.endsWith("name another: SANDBAR_JAVA_OPTIONS=-Djna.tmpdir=FOLDER\n"), line);
            assertEquals(1, line.lines().count());
        }
    }

    @Test
    void nobodyWatchesWithTheRightAlone() throws IOException, InterruptedException {
        String classPath = copyForNobody();
        Path home = folder.resolve("home");
        String[] arguments = {"watch", "-i", "watched", "--max-packets", "25"};
        isRefused(
                ExitCode.MISSING,
                "no right to watch watched; run it as root, or with that right alone: sudo setpriv --reuid=nobody"
                        + " --init-groups --inh-caps=+net_raw --ambient-caps=+net_raw sandbar watch …",
                asNobody(List.of(), Program.sandbar(classPath, home, List.of(), arguments)));
        isRefused(
                ExitCode.USAGE,
                "no interface is called 'wached': did you mean 'watched'?",
                asNobody(List.of(), Program.sandbar(classPath, home, List.of(), "watch", "-i", "wached")));
        try (Program interfaces = Program.start(
                folder, namespace.in(asNobody(List.of(), Program.sandbar(classPath, home, List.of(), "interfaces"))))) {
            assertEquals(ExitCode.DONE, interfaces.code());
            assertTrue(interfaces.data().contains("\nwatched  up"), interfaces.data());
            assertTrue(
                    interfaces
                            .messages()
                            .startsWith(
                                    "sandbar: link types that could not be seen: sending, watched, any; no right to watch sending; run it as root, or"),
                    interfaces.messages());
        }
        List<String> right = List.of("--inh-caps=+net_raw", "--ambient-caps=+net_raw");
        try (Program watch = Program.start(
                folder, namespace.in(asNobody(right, Program.sandbar(classPath, home, List.of(), arguments))))) {
            watch.awaitMessage("sandbar: watching watched");
            namespace.send(1_000, Run.SAMPLES.resolve("pinhole/form-post-used/input.pcap"));
            assertEquals(ExitCode.DONE, watch.code());
            assertTrue(watch.messages().contains("\n25 packets, "), watch.messages());
            assertTrue(watch.messages().startsWith("sandbar: no right to see which processes"), watch.messages());
        }
    }

    private static List<String> asNobody(List<String> rights, List<String> command) {
        List<String> all =
                new ArrayList<>(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        all.addAll(rights);
        all.addAll(command);
        return all;
    }

    /** The program where everybody can read it; returns its class path. */
    private String copyForNobody() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path target = Files.createDirectory(folder.resolve("program"));
        StringJoiner classPath = new StringJoiner(File.pathSeparator);
        int number = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (Files.exists(Path.of(entry))) {
                Path copy = target.resolve(number++ + "-" + Path.of(entry).getFileName());
                copy(Path.of(entry), copy);
                classPath.add(copy.toString());
            }
        }
        copy(
                Run.ROOT.resolve("rules"),
                Files.createDirectory(folder.resolve("home")).resolve("rules"));
        return classPath.toString();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
