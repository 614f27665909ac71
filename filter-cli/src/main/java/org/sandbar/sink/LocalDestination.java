package org.sandbar.sink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Lines, each ended by a line feed, to a file or to standard output, which may be slow, full, or a pipe that nobody reads. */
final class LocalDestination implements Destination {
    private static final Batch BATCH = new Batch(1 << 16, TimeUnit.MILLISECONDS.toNanos(50));

    private final OutputStream out;
    private final ReentrantLock writing = new ReentrantLock();

    /** @param out takes what is written at once as a whole, or nothing of it where it throws */
    LocalDestination(OutputStream out) {
        this.out = out;
    }

    @Override
    public Batch batch() {
        return BATCH;
    }

    @Override
    public int send(List<Line> lines) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 17);
        for (Line line : lines) {
            bytes.writeBytes(line.bytes());
            bytes.write('\n');
        }
        writing.lock();
        try {
            bytes.writeTo(out);
            out.flush();
        } finally {
            writing.unlock();
        }
        return 0;
    }

    @Override
    public boolean isWaitedFor() {
        return false;
    }

    /** Where a write hangs that nothing can end, the file is left to the end of the process. */
    @Override
    public void close() {
        if (writing.tryLock()) {
            try {
                out.close();
            } catch (IOException gone) {
                // All that was sent had been written.
            } finally {
                writing.unlock();
            }
        }
    }
}
