package org.sandbar.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files and standard output of a run that never waits. */
@Timeout(60)
class LocalDestinationTest {
    private static final int MANY = 10_000;
    private static final int ROOM_BYTES = 1 << 16;

    private final List<String> messages = Collections.synchronizedList(new ArrayList<>());
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final CountDownLatch readable = new CountDownLatch(1);

    private Delivery delivery(OutputStream out, long patienceNs) {
        LocalDestination destination = new LocalDestination(out);
        Backlog backlog = new Backlog(ROOM_BYTES, null, destination.batch(), false);
        Delivery delivery = new Delivery("eve:x", destination, backlog, patienceNs, messages::add);
        delivery.start();
        return delivery;
    }

    /** Takes nothing, as a pipe that is full, until it is readable. */
    private OutputStream stuck() {
        return new OutputStream() {
            @Override
            public void write(int letter) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                boolean waiting = true;
                while (waiting) {
                    try {
                        readable.await();
                        waiting = false;
                    } catch (InterruptedException notThatWrite) {
                        // A write to a pipe goes on waiting.
                    }
                }
                written.write(bytes, offset, length);
            }
        };
    }

    private void addMany(Delivery delivery) {
        for (int i = 0; i < MANY; i++) {
            delivery.add(Lines.of(i));
        }
    }

    @Test
    void theNewestAreLostAndCountedAndWhatIsQueuedArrivesInOrder() {
        Delivery delivery = delivery(stuck(), TimeUnit.SECONDS.toNanos(20));
        addMany(delivery);
        readable.countDown();
        delivery.close();
        DeliveryCounts counts = delivery.counts();
        assertEquals(MANY, counts.queued() + counts.dropped());
        assertEquals(counts.queued(), counts.sent());
        assertTrue(counts.queued() > 100 && counts.dropped() > 0, counts.toString());
        List<String> lines = written.toString().lines().toList();
        assertEquals(counts.sent(), lines.size());
        for (int i = 0; i < lines.size(); i++) {
            assertEquals("line " + i, lines.get(i));
        }
        assertEquals(
                List.of(
                        "eve:x: there is no room for more events that wait; the newest are dropped and counted",
                        "eve:x: " + counts.dropped() + " events were dropped"),
                messages);
    }

    @Test
    void whatNobodyReadsDoesNotHoldUpTheEndForLong() {
        Delivery delivery = delivery(stuck(), TimeUnit.MILLISECONDS.toNanos(100));
        addMany(delivery);
        delivery.close();
        assertEquals(0, delivery.counts().sent());
        assertEquals(MANY, delivery.counts().dropped());
        readable.countDown();
    }

    @Test
    void whatCannotBeWrittenIsSaidOnceAndTriedAgain() throws InterruptedException {
        CountDownLatch failed = new CountDownLatch(2);
        Delivery delivery = delivery(
                new OutputStream() {
                    @Override
                    public void write(int letter) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) throws IOException {
                        failed.countDown();
                        if (failed.getCount() > 0) {
                            throw new IOException("No space left on device");
                        }
                        written.write(bytes, offset, length);
                    }
                },
                TimeUnit.SECONDS.toNanos(20));
        delivery.add(Lines.of(0));
        failed.await();
        delivery.close();
        assertEquals("line 0\n", written.toString());
        assertEquals("eve:x: No space left on device; events wait for it", messages.get(0));
        assertEquals("eve:x: takes events again; 0 wait", messages.get(1));
        assertEquals(2, messages.size());
    }

    @Test
    void oneThatFailsIsNotWaitedForAtTheEnd() {
        long beganNs = System.nanoTime();
        Delivery delivery = delivery(
                new OutputStream() {
                    @Override
                    public void write(int letter) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                },
                TimeUnit.SECONDS.toNanos(20));
        delivery.add(Lines.of(0));
        delivery.close();
        assertTrue(System.nanoTime() - beganNs < TimeUnit.SECONDS.toNanos(10));
        assertEquals(1, delivery.counts().dropped());
    }
}
