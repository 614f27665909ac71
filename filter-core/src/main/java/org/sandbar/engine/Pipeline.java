package org.sandbar.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.capture.CaptureException;
import org.sandbar.capture.PacketBatch;
import org.sandbar.capture.PacketSource;
import org.sandbar.event.Event;
import org.sandbar.output.PacketKeeper;

/**
 * Runs both stages over a source to its end: each shard takes every batch on a thread of its own, and the thread that called
 * correlates their events in packet order. The first shard's thread also reads the batches, so that it finds them in its processor's
 * cache. Batches go round between the shards, and what was told of a bounded number of them waits for stage 2, so the slowest sets the
 * pace and memory stays bounded. The output is the same for any number of shards.
 */
public final class Pipeline {
    private static final int BATCHES_UNDER_WAY = 6;
    /** What was told of so many batches may wait for stage 2. */
    private static final int ROUNDS_UNDER_WAY = 16;
    /** A packet begins one flow at most. */
    private static final int FLOWS_AT_A_TIME = 1 << 16;

    /** Is told now and then, on the calling thread, how far the run has come. */
    public interface Progress {
        /** So many bytes of the source, and so many packets, were dealt with in all. */
        void reached(long sourceBytes, long packets);

        /** What stage 1 had counted when this was reached: once for each {@link Pipeline#askCounters}, before {@link #reached}. */
        default void counted(Counters counters) {}
    }

    /** One batch on its way: its packets until all shards have seen them, what each told of it, or why reading stopped there. */
    private static final class Round {
        final PacketBatch batch;
        final List<List<Event>> told;
        final AtomicInteger shardsLeft;
        final CountDownLatch seen = new CountDownLatch(1);
        CaptureException failure;
        long sourceBytes;
        int packets;
        boolean last;
        /** What each shard had counted after it; null where nobody asked. */
        final Counters[] counters;

        Round(PacketBatch batch, int shards, boolean counted) {
            this.batch = batch;
            counters = counted ? new Counters[shards] : null;
            told = new ArrayList<>(Collections.nCopies(shards, List.of()));
            shardsLeft = new AtomicInteger(shards);
        }
    }

    private final PacketSource source;
    private final PacketKeeper keeper;
    private final Shard[] shards;
    /** The batch that was given back last is the one that the processor's cache still holds. */
    private final BlockingDeque<PacketBatch> free = new LinkedBlockingDeque<>(BATCHES_UNDER_WAY);

    private final List<BlockingQueue<Round>> toShards = new ArrayList<>();
    private final BlockingQueue<Round> toCorrelator = new ArrayBlockingQueue<>(ROUNDS_UNDER_WAY);
    private final List<Thread> threads = new ArrayList<>();
    private final List<CaptureException> failures = new ArrayList<>();
    private volatile boolean stopped;
    private final AtomicBoolean countersAsked = new AtomicBoolean();
    private volatile Throwable defect;
    private Thread caller;
    private long packets;

    /** Runs over this source in so many shards. */
    public Pipeline(PacketSource source, int shardCount, ShardSettings settings) {
        this(source, shardCount, settings, null);
    }

    /** The same where packets are kept, or null: the keeper is shown each batch, by the thread of stage 2, before what was told of it. */
    public Pipeline(PacketSource source, int shardCount, ShardSettings settings, PacketKeeper keeper) {
        this.source = source;
        this.keeper = keeper;
        shards = new Shard[shardCount];
        for (int i = 0; i < shardCount; i++) {
            shards[i] = new Shard(i, shardCount, settings);
            toShards.add(new ArrayBlockingQueue<>(BATCHES_UNDER_WAY + 2));
        }
        for (int i = 0; i < BATCHES_UNDER_WAY; i++) {
            free.add(new PacketBatch(settings.limits().of(Bound.BATCH_BYTES), keeper != null));
        }
    }

    /** Begins to read and to look into packets; {@link #run} then takes up what they told. On the thread that will call that. */
    public void start() {
        caller = Thread.currentThread();
        start("sandbar-shard-0", this::readAndRunFirst);
        for (int i = 1; i < shards.length; i++) {
            int index = i;
            start("sandbar-shard-" + i, () -> runShard(index));
        }
    }

    /**
     * Runs to the end of the source, or until {@link #stop}. {@link #start} was called before.
     *
     * @return what could not be read, in order; the packets around it were
     */
    public List<CaptureException> run(Correlator correlator, Progress progress) {
        try {
            correlateAll(correlator, progress);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("a thread of the pipeline failed", defect != null ? defect : interrupted);
        } finally {
            threads.forEach(Thread::interrupt);
        }
        return failures;
    }

    /** Reading ends with the batch at hand; what was read is finished and told. Any thread. */
    public void stop() {
        stopped = true;
    }

    /** What stage 1 has counted by the next batch is to be told to {@link Progress#counted}. Any thread. */
    public void askCounters() {
        countersAsked.set(true);
    }

    private interface Task {
        void run() throws InterruptedException;
    }

    private void start(String name, Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (InterruptedException over) {
                        // The run is over, or another thread has failed.
                    } catch (Throwable failed) {
                        defect = failed;
                        caller.interrupt();
                    }
                },
                name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void readAndRunFirst() throws InterruptedException {
        long ordinal = 1;
        boolean more = true;
        while (more) {
            Round round = new Round(free.take(), shards.length, countersAsked.getAndSet(false));
            round.batch.clear(ordinal);
            try {
                more = !stopped && source.read(round.batch);
            } catch (CaptureException unreadable) {
                round.failure = unreadable;
            }
            round.sourceBytes = round.batch.sourceBytes();
            round.packets = round.batch.count();
            ordinal += round.packets;
            round.last = !more;
            for (int i = 1; i < shards.length; i++) {
                toShards.get(i).put(round);
            }
            look(0, round);
            toCorrelator.put(round);
        }
    }

    private void runShard(int index) throws InterruptedException {
        boolean more = true;
        while (more) {
            Round round = toShards.get(index).take();
            more = !round.last;
            look(index, round);
        }
    }

    private void look(int index, Round round) throws InterruptedException {
        round.told.set(index, shards[index].process(round.batch));
        if (round.counters != null) {
            round.counters[index] = shards[index].counters().copy();
        }
        if (round.shardsLeft.decrementAndGet() == 0) {
            if (keeper == null) {
                free.putFirst(round.batch);
            }
            round.seen.countDown();
        }
    }

    private void correlateAll(Correlator correlator, Progress progress) throws InterruptedException {
        long sourceBytes = 0;
        boolean more = true;
        while (more) {
            Round round = toCorrelator.take();
            round.seen.await();
            more = !round.last;
            sourceBytes += round.sourceBytes;
            packets += round.packets;
            // Whoever stops a run cuts its source short himself.
            if (round.failure != null && !stopped) {
                failures.add(round.failure);
            }
            correlate(round, correlator);
            if (round.counters != null) {
                progress.counted(sum(Arrays.stream(round.counters)));
            }
            progress.reached(sourceBytes, packets);
        }
        finish(correlator);
    }

    private void correlate(Round round, Correlator correlator) throws InterruptedException {
        if (keeper == null) {
            merge(round.told, correlator);
            return;
        }
        keeper.show(round.batch);
        merge(round.told, correlator);
        keeper.takeRest();
        free.putFirst(round.batch);
    }

    /** Ends what is left, so many packets' flows at a time; the shards' threads have ended. */
    private void finish(Correlator correlator) {
        boolean more = true;
        for (long begunBefore = FLOWS_AT_A_TIME; more; begunBefore += FLOWS_AT_A_TIME) {
            List<List<Event>> told = new ArrayList<>();
            more = false;
            for (Shard shard : shards) {
                told.add(shard.finish(packets + 1, begunBefore));
                more |= !shard.isFinished();
            }
            merge(told, correlator);
        }
    }

    /** Each list is in order; so is what comes out. */
    private static void merge(List<List<Event>> lists, Correlator correlator) {
        correlator.beginBatch();
        if (lists.size() == 1) {
            lists.get(0).forEach(correlator::accept);
            return;
        }
        int[] at = new int[lists.size()];
        while (true) {
            int first = -1;
            for (int i = 0; i < at.length; i++) {
                boolean has = at[i] < lists.get(i).size();
                if (has
                        && (first < 0
                                || Event.ORDER.compare(
                                                lists.get(i).get(at[i]),
                                                lists.get(first).get(at[first]))
                                        < 0)) {
                    first = i;
                }
            }
            if (first < 0) {
                return;
            }
            correlator.accept(lists.get(first).get(at[first]++));
        }
    }

    /** What stage 1 counted, all shards together; complete when {@link #run} has returned. */
    public Counters counters() {
        return sum(Arrays.stream(shards).map(Shard::counters));
    }

    private static Counters sum(Stream<Counters> shares) {
        Counters all = new Counters();
        shares.forEach(all::add);
        return all;
    }
}
