package org.sandbar.capture;

/**
 * Something that packets are read from, in order. One thread reads it. What is wrong with the source itself (cut short, damaged) is a
 * {@link CaptureException} with one line for the user, thrown when everything before it has been handed out.
 */
public interface PacketSource extends AutoCloseable {
    /**
     * Adds packets to the cleared batch until it is full or a capture of the source ends, so a batch never holds packets of two
     * captures. The same bytes and the same size of batch give the same batches, whatever they are read through (file, pipe,
     * decompressor). All batches given to a source are of one size.
     *
     * <p>A live source gives a batch when nothing more stands ready, and an empty one for {@link PacketBatch#passTime}.
     *
     * @return false where the source was at its end and the batch stayed empty
     * @throws CaptureException where a capture cannot be read on; the batch is empty then. The source stays usable: the next call
     *     goes on with the next capture, or returns false where there is none.
     */
    boolean read(PacketBatch batch);

    /** Bytes that are to be read in all, or -1 where nobody can know (a pipe). Counted like {@link PacketBatch#sourceBytes}. */
    long totalBytes();

    /** How a live capture stands, as of about a second ago, and exactly at its end; null of recorded captures. Any thread. */
    default Reception reception() {
        return null;
    }

    @Override
    void close();
}
