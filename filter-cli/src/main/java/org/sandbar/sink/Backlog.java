package org.sandbar.sink;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lines that wait for one destination, first in first out: older ones on disk, where the destination is down or memory is full, newer
 * ones in memory. One thread adds, one takes; what was taken stays at the head until it is known to be sent, so that it is neither lost
 * nor out of order whatever happens meanwhile. Where there is no room a patient adder waits, and another loses the newest line and is
 * told so.
 */
final class Backlog {
    private static final long LAST_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Deque<Line> memory = new ArrayDeque<>();
    private final long mostBytes;
    private final Destination.Batch batch;
    private final SpillFile spill;
    private long bytes;
    private long spilled;
    private boolean patient;
    private boolean down;
    private boolean ending;
    private String spillFault;

    /**
     * @param mostBytes bytes that may wait in memory
     * @param spill where to put what memory cannot hold, or null for nowhere
     * @param batch how many lines are taken at once; no more than half of what may wait, so that nobody waits for more than can come
     */
    Backlog(long mostBytes, SpillFile spill, Destination.Batch batch, boolean patient) {
        this.mostBytes = mostBytes;
        this.batch = new Destination.Batch((int) Math.min(batch.bytes(), mostBytes / 2), batch.lingerNs());
        this.spill = spill;
        this.patient = patient;
    }

    /** @return whether it was taken */
    boolean add(Line line) {
        lock.lock();
        try {
            while (bytes + line.weight() > mostBytes && bytes > 0) {
                if ((down || !patient) && spillMemory()) {
                    continue;
                }
                if (!patient || ending) {
                    return false;
                }
                room.awaitUninterruptibly();
            }
            memory.add(line);
            bytes += line.weight();
            if (memory.size() == 1 || bytes >= batch.bytes()) {
                more.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Moves what it can from memory to disk. */
    private boolean spillMemory() {
        long before = bytes;
        try {
            while (spill != null && !memory.isEmpty() && spill.append(memory.peek())) {
                bytes -= memory.remove().weight();
                spilled++;
            }
        } catch (IOException unwritable) {
            spillFault = unwritable.getMessage();
        }
        return bytes < before;
    }

    /**
     * The oldest lines, when there are some; where they are few, more are waited for. They stay here until {@link #sent}.
     *
     * @return none where there are none, and no more come
     */
    List<Line> oldest() throws IOException {
        lock.lock();
        try {
            while (isEmpty() && !ending) {
                more.awaitUninterruptibly();
            }
            long leftNs = batch.lingerNs();
            while (leftNs > 0 && !ending && bytes < batch.bytes() && spilledLines() == 0) {
                leftNs = more.awaitNanos(leftNs);
            }
            return spilledLines() > 0 ? spill.oldest(batch.bytes()) : oldestInMemory();
        } catch (InterruptedException over) {
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    private List<Line> oldestInMemory() {
        List<Line> oldest = new ArrayList<>();
        int total = 0;
        for (Line line : memory) {
            if (total >= batch.bytes()) {
                break;
            }
            oldest.add(line);
            total += line.bytes().length;
        }
        return oldest;
    }

    /** These, the oldest, are done with. While they were being sent they may have gone to disk. */
    void sent(List<Line> lines) throws IOException {
        lock.lock();
        try {
            down = false;
            boolean onDisk = spilledLines() > 0;
            for (Line line : lines) {
                if (spilledLines() > 0) {
                    spill.remove(line);
                } else {
                    bytes -= memory.remove().weight();
                }
            }
            if (onDisk) {
                spill.settle();
            }
            room.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The destination is down: what waits is put in safety. */
    void setDown() {
        lock.lock();
        try {
            down = true;
            spillMemory();
            room.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits so long; less where the run is ending. */
    void pause(long nanos) {
        lock.lock();
        try {
            for (long left = nanos; left > 0; ) {
                left = more.awaitNanos(ending ? Math.min(left, LAST_PAUSE_NS) : left);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody waits any more where there is no room. */
    void hurry() {
        lock.lock();
        try {
            patient = false;
            room.signal();
        } finally {
            lock.unlock();
        }
    }

    /** No more lines come. */
    void end() {
        lock.lock();
        try {
            ending = true;
            more.signal();
            room.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Leaves on disk what waits. When nobody takes any more.
     *
     * @return how many lines found no room there
     */
    long close() throws IOException {
        lock.lock();
        try {
            spillMemory();
            if (spill != null) {
                spill.close();
            }
            return memory.size();
        } finally {
            lock.unlock();
        }
    }

    private boolean isEmpty() {
        return memory.isEmpty() && spilledLines() == 0;
    }

    private long spilledLines() {
        return spill == null ? 0 : spill.lines();
    }

    long lines() {
        lock.lock();
        try {
            return memory.size() + spilledLines();
        } finally {
            lock.unlock();
        }
    }

    /** How many lines went to disk so far. */
    long spilled() {
        lock.lock();
        try {
            return spilled;
        } finally {
            lock.unlock();
        }
    }

    /** Why disk could not be written, or null. */
    String spillFault() {
        lock.lock();
        try {
            return spillFault;
        } finally {
            lock.unlock();
        }
    }
}
