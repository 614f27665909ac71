package org.sandbar.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The three streams of the process, and whether people look at them. Tests give their own. */
record Console(
        InputStream input,
        OutputStream data,
        PrintStream messages,
        boolean dataIsTerminal,
        boolean messagesIsTerminal) {

    static Console ofProcess() {
        return new Console(
                new StandardInput(),
                new FileOutputStream(FileDescriptor.out),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                isTerminal(1),
                isTerminal(2));
    }

    /** Java tells it only of standard input and output together, so the process's own table of descriptors is asked. */
    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(descriptor)))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | RuntimeException elsewhere) {
            return System.console() != null;
        }
    }

    /** Text that the user asked for. Whoever closes our standard output has seen enough. */
    void write(String text) {
        try {
            data.write(text.getBytes(StandardCharsets.UTF_8));
            data.flush();
        } catch (IOException closed) {
            // As for every other data.
        }
    }

    /** One line of what was done, for people. */
    void tell(String message) {
        messages.println(message);
    }

    /** A number and what there are so many of. */
    static String count(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** One line for the user, of what is wrong. */
    void say(String message) {
        messages.println("sandbar: " + message);
    }
}
