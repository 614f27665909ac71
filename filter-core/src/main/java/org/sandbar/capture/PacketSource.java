package org.sandbar.capture;

/**
 * Something that packets are read from, in order. One thread reads it. What is wrong with the source itself (missing, cut short, not
 * a capture) is a {@link CaptureException} with one line for the user; everything read before it has been handed out already.
 */
public interface PacketSource extends AutoCloseable {
    /**
     * Adds packets to the cleared batch until it is full or the source is at its end. The same source gives the same batches
     * whatever it is read through (file, pipe, decompressor).
     *
     * @return false where the source was at its end and the batch stayed empty
     * @throws CaptureException where the source cannot be read on. The rows that the batch holds by then are good and are to be
     *     processed first.
     */
    boolean read(PacketBatch batch);

    /** Bytes that are to be read in all, or -1 where nobody can know (a pipe). Counted like {@link PacketBatch#sourceBytes}. */
    long totalBytes();

    @Override
    void close();
}
