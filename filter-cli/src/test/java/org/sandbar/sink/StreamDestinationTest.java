package org.sandbar.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StreamDestinationTest {
    private static final int LINES = 20_000;

    @TempDir
    private Path folder;

    private final List<String> arrived = Collections.synchronizedList(new ArrayList<>());
    private final List<String> messages = Collections.synchronizedList(new ArrayList<>());
    private ServerSocket server;

    /** What a receiver does with a connection. */
    private interface Receiver {
        void receive(Socket connection) throws IOException;
    }

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stopListening() throws IOException {
        server.close();
    }

    /** Half the connections end anywhere, by a reset, unread bytes behind: nothing is missing, and what comes twice follows at once. */
    @Test
    void everythingArrivesWhereverAReceiverIsCut() throws Exception {
        Random random = new Random(10);
        serve(connection -> {
            boolean cut = random.nextBoolean();
            int most = cut ? random.nextInt(80_000) : Integer.MAX_VALUE;
            String text = new String(connection.getInputStream().readNBytes(most), StandardCharsets.UTF_8);
            // The last line is whole only where its line feed came too.
            text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(arrived::add);
            if (cut) {
                connection.setSoLinger(true, 0);
            }
        });
        DeliveryCounts counts = deliver();
        assertEquals(LINES, counts.sent());
        assertTrue(counts.isComplete());
        int next = 0;
        for (String line : arrived) {
            int number = Integer.parseInt(line.substring("line ".length()));
            assertTrue(number <= next, line + " came before line " + next);
            next = Math.max(next, number + 1);
        }
        assertEquals(LINES, next);
    }

    /** One that is ended between two connections has read each batch or nothing of it. */
    @Test
    void nothingComesTwiceWhereABatchIsReadAsAWhole() throws Exception {
        Random random = new Random(11);
        serve(connection -> {
            if (random.nextBoolean()) {
                connection.setSoLinger(true, 0);
                return;
            }
            new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(arrived::add);
        });
        deliver();
        assertEquals(LINES, arrived.size());
        for (int i = 0; i < LINES; i++) {
            assertEquals("line " + i, arrived.get(i));
        }
    }

    /** Without receipts one connection carries all batches, and there is another only when it is closed. */
    @Test
    void oneConnectionIsKeptWithoutReceipts() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        serve(connection -> {
            connections.incrementAndGet();
            BufferedReader in = new BufferedReader(new InputStreamReader(connection.getInputStream()));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                arrived.add(line);
                if (arrived.size() == 3) {
                    return;
                }
            }
        });
        StreamDestination destination = destination(false);
        for (int i = 0; i < 10; i++) {
            destination.send(List.of(Lines.of(i)));
            await(i + 1);
        }
        destination.close();
        assertEquals(2, connections.get());
    }

    private void await(int lines) throws InterruptedException {
        while (arrived.size() < lines) {
            Thread.sleep(5);
        }
        // Long enough for what the receiver does next.
        Thread.sleep(50);
    }

    private StreamDestination destination(boolean receipts) {
        return new StreamDestination(
                "127.0.0.1", server.getLocalPort(), Message.PLAIN, false, receipts, null, messages::add);
    }

    private void serve(Receiver receiver) {
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket connection = server.accept()) {
                    receiver.receive(connection);
                } catch (IOException ended) {
                    // The next one.
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private DeliveryCounts deliver() throws IOException {
        StreamDestination destination = destination(true);
        Backlog backlog =
                new Backlog(20_000, SpillFile.open(folder.resolve("x"), 1_000_000), destination.batch(), true);
        Delivery delivery = new Delivery("test", destination, backlog, TimeUnit.SECONDS.toNanos(20), messages::add);
        delivery.start();
        for (int i = 0; i < LINES; i++) {
            delivery.add(Lines.of(i));
        }
        delivery.close();
        return delivery.counts();
    }
}
