package org.sandbar.sink;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Whether the other side's kernel has all that was written to a socket, which Linux tells in a table of its sockets. Elsewhere nobody
 * tells, and nothing is waited for. Stateless.
 */
final class Acknowledgements {
    private static final List<Path> TABLES = List.of(Path.of("/proc/self/net/tcp6"), Path.of("/proc/self/net/tcp"));
    /** Established, and closed by the other side alone: it has then read all that its kernel acknowledged, or there would be a reset. */
    private static final List<String> OPEN = List.of("01", "08");

    private static final long LONGEST_PAUSE_MS = 20;

    private Acknowledgements() {}

    /** Waits until all is acknowledged; throws where the connection is gone before, or that takes too long. */
    static void await(Socket socket, long mostNs) throws IOException {
        long beganNs = System.nanoTime();
        for (long pauseMs = 0; !isAcknowledged(socket); pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs + 1)) {
            if (System.nanoTime() - beganNs > mostNs) {
                throw new IOException("what was sent is not acknowledged");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(pauseMs);
            } catch (InterruptedException over) {
                throw new IOException("interrupted", over);
            }
        }
    }

    private static boolean isAcknowledged(Socket socket) throws IOException {
        boolean told = false;
        for (Path table : TABLES) {
            if (!Files.isReadable(table)) {
                continue;
            }
            told = true;
            for (String row : Files.readAllLines(table)) {
                String[] columns = row.strip().split(" +", 6);
                if (isOf(socket, columns)) {
                    return columns[4].startsWith("00000000:");
                }
            }
        }
        if (told) {
            throw new IOException("the connection was closed by the other side");
        }
        return true;
    }

    private static boolean isOf(Socket socket, String[] columns) {
        return columns.length == 6
                && OPEN.contains(columns[3])
                && columns[1].endsWith(port(socket.getLocalPort()))
                && columns[2].endsWith(port(socket.getPort()));
    }

    private static String port(int port) {
        return String.format(Locale.ROOT, ":%04X", port);
    }
}
