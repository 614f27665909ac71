package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A process of its own with what it writes in two files; killed at the end of the test, should it still run. */
final class Program implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final Process process;
    private final File data;
    private final File messages;

    private Program(Process process, File data, File messages) {
        this.process = process;
        this.data = data;
        this.messages = messages;
    }

    static Program start(Path folder, List<String> command) throws IOException {
        File data = Files.createTempFile(folder, "data", "").toFile();
        File messages = Files.createTempFile(folder, "messages", "").toFile();
        Process process = new ProcessBuilder(command)
                .redirectOutput(data)
                .redirectError(messages)
                .start();
        return new Program(process, data, messages);
    }

    /** Runs a command to its end, which must be a good one. */
    static void run(Path folder, String... command) throws IOException, InterruptedException {
        try (Program program = start(folder, List.of(command))) {
            int code = program.code();
            assertTrue(code == 0, () -> String.join(" ", command) + ": " + program.messages());
        }
    }

    /** The command that starts Sandbar in a JVM of its own, with what this test was compiled to. */
    static List<String> sandbar(String... arguments) {
        return sandbar(System.getProperty("java.class.path"), Run.ROOT, List.of(), arguments);
    }

    static List<String> sandbar(String classPath, Path home, List<String> javaOptions, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.addAll(List.of("-Dsandbar.home=" + home, "-cp", classPath, Sandbar.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** The command in a mount namespace of its own, after this was done in it. */
    static List<String> afterMounting(String script, List<String> command) {
        List<String> all = new ArrayList<>(List.of("unshare", "-m", "sh", "-c", script + "; exec \"$@\"", "sh"));
        all.addAll(command);
        return all;
    }

    /** The script after which a library cannot be loaded. */
    static String hiding(String library) {
        return "for file in $(ldconfig -p | awk '/" + library
                + "/ {print $NF}'); do mount --bind /dev/null $file; done";
    }

    Process process() {
        return process;
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                .start()
                .waitFor();
    }

    /** Waits until this has become true. */
    void await(String what, BooleanSupplier condition) throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < endNs, () -> "no " + what + " in " + data() + messages());
            Thread.sleep(20);
        }
    }

    void awaitMessage(String text) throws InterruptedException {
        await(text, () -> messages().contains(text));
    }

    void awaitData(String text) throws InterruptedException {
        await(text, () -> data().contains(text));
    }

    /** Waits for its end. */
    int code() throws InterruptedException {
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), () -> "still running: " + messages());
        return process.exitValue();
    }

    String data() {
        return text(data);
    }

    String messages() {
        return text(messages);
    }

    private static String text(File file) {
        try {
            return Files.readString(file.toPath());
        } catch (IOException gone) {
            throw new AssertionError(gone);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
