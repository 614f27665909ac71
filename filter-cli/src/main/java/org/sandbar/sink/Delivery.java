package org.sandbar.sink;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Brings lines to one destination on a thread of its own: in order, again where they did not arrive, and counted. One thread adds and
 * closes; any may ask for the counts.
 */
public final class Delivery {
    private static final long FIRST_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_PAUSE_NS = TimeUnit.SECONDS.toNanos(2);

    private static final long LONGEST_END_MS = 1_000;

    private final String name;
    private final Destination destination;
    private final Backlog backlog;
    private final long patienceNs;
    private final Consumer<String> messages;
    private final Thread thread;
    private final AtomicLong queued = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private volatile LongConsumer sendTimes = nanos -> {};
    private volatile boolean down;
    private volatile boolean ending;
    private volatile boolean abandoned;

    /**
     * @param name what it is called in messages and counts
     * @param patienceNs how long the end waits for a destination that takes nothing
     */
    Delivery(String name, Destination destination, Backlog backlog, long patienceNs, Consumer<String> messages) {
        this.name = name;
        this.destination = destination;
        this.backlog = backlog;
        this.patienceNs = patienceNs;
        this.messages = messages;
        thread = new Thread(this::deliver, "sandbar-sink " + name);
        thread.setDaemon(true);
    }

    /** @param observer is told how many nanoseconds each batch took, on the thread of this */
    public void observe(LongConsumer observer) {
        sendTimes = observer;
    }

    void start() {
        long left = backlog.lines();
        if (left > 0) {
            messages.accept(name + ": " + left + " events of an earlier run wait and go first");
        }
        thread.start();
    }

    public String name() {
        return name;
    }

    public DeliveryCounts counts() {
        return new DeliveryCounts(queued.get(), sent.get(), backlog.spilled(), dropped.get(), backlog.lines(), !down);
    }

    void add(Line line) {
        if (backlog.add(line)) {
            queued.incrementAndGet();
        } else if (dropped.getAndIncrement() == 0) {
            messages.accept(name + ": there is no room for more events that wait; the newest are dropped and counted");
        }
    }

    /** Whoever adds no longer waits for room. Any thread. */
    public void hurry() {
        backlog.hurry();
    }

    private void deliver() {
        long pauseNs = FIRST_PAUSE_NS;
        while (!abandoned) {
            try {
                List<Line> lines = backlog.oldest();
                if (lines.isEmpty()) {
                    return;
                }
                send(lines);
                pauseNs = FIRST_PAUSE_NS;
            } catch (IOException | RuntimeException unreachable) {
                if (!abandoned) {
                    failed(unreachable);
                    if (ending && !destination.isWaitedFor()) {
                        return;
                    }
                    backlog.pause(pauseNs);
                    pauseNs = Math.min(2 * pauseNs, LONGEST_PAUSE_NS);
                }
            }
        }
    }

    private void send(List<Line> lines) throws IOException {
        long beganNs = System.nanoTime();
        int tooLong = destination.send(lines);
        sendTimes.accept(System.nanoTime() - beganNs);
        backlog.sent(lines);
        sent.addAndGet(lines.size() - tooLong);
        if (tooLong > 0 && dropped.getAndAdd(tooLong) == 0) {
            messages.accept(name + ": events that are longer than it carries are dropped and counted");
        }
        if (down) {
            down = false;
            messages.accept(name + ": takes events again; " + backlog.lines() + " wait");
        }
    }

    private void failed(Exception why) {
        backlog.setDown();
        if (!down) {
            down = true;
            String reason = why.getMessage() == null ? why.toString() : why.getMessage();
            messages.accept(name + ": " + reason + "; events wait for it");
        }
    }

    /** Brings what it can of what waits, and leaves the rest in the spill file. */
    void close() {
        ending = true;
        backlog.end();
        try {
            awaitEnd();
            long lost = backlog.close();
            if (lost > 0) {
                queued.addAndGet(-lost);
                dropped.addAndGet(lost);
            }
        } catch (IOException unwritable) {
            messages.accept(name + ": what waits cannot be kept: " + unwritable.getMessage());
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
        tell();
    }

    /** Waits while there is progress, or patience. */
    private void awaitEnd() throws InterruptedException {
        long progress = -1;
        while (thread.isAlive() && progress < sent.get()) {
            progress = sent.get();
            TimeUnit.NANOSECONDS.timedJoin(thread, patienceNs);
        }
        abandoned = true;
        destination.close();
        backlog.hurry();
        thread.interrupt();
        // Some writes nothing can end.
        thread.join(LONGEST_END_MS);
    }

    private void tell() {
        DeliveryCounts counts = counts();
        if (counts.waiting() > 0) {
            messages.accept(name + ": " + counts.waiting() + " events wait; the next run with this output sends them");
        }
        if (counts.dropped() > 0) {
            messages.accept(name + ": " + counts.dropped() + " events were dropped");
        }
        if (backlog.spillFault() != null) {
            messages.accept(name + ": the spill file: " + backlog.spillFault());
        }
    }
}
