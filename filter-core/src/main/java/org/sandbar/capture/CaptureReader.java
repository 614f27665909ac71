package org.sandbar.capture;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.Serial;
import java.util.Arrays;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.capture.CaptureFormat.Flaw;
import org.sandbar.capture.CaptureFormat.Need;

/**
 * Reads one capture from a stream of bytes, compressed or not. Each batch's buffer is filled to the brim before the records in it are
 * looked at, so that batches depend on the bytes alone; the beginning of a record that does not fit any more is kept for the next
 * batch. Whole records are handed out first and what is wrong with the capture is thrown after them. One thread; it owns the stream.
 */
final class CaptureReader implements AutoCloseable {
    private final String name;
    private final MeteredInput metered;
    private final InputStream in;
    private final CaptureFormat format;

    private byte[] kept;
    private int keptBytes;
    private long skipBytes;
    private long position;
    private boolean inputEnded;
    private IOException inputFault;
    private boolean atEnd;
    private CaptureException failure;
    private long packets;
    private long reportedBytes;

    /** The stream holds something else than a capture. */
    static final class NotACapture extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        NotACapture(String name, FileKind kind) {
            super(
                    name + ": not a capture, it looks like " + kind.description() + "; "
                            + (kind.remedy().isEmpty()
                                    ? "pcap and pcapng are read, also as .gz and .zst"
                                    : kind.remedy()),
                    null,
                    false,
                    false);
        }
    }

    private CaptureReader(String name, MeteredInput metered, InputStream in, CaptureFormat format, Head head) {
        this.name = name;
        this.metered = metered;
        this.in = in;
        this.format = format;
        kept = head.bytes;
        keptBytes = head.bytes.length;
        inputFault = head.fault;
        inputEnded = head.fault != null;
    }

    /**
     * A reader of the capture that begins where the stream stands; it has looked at the first bytes.
     *
     * @throws NotACapture where those bytes are of something else
     * @throws CaptureException where the stream cannot be read, or this machine cannot decompress it
     */
    static CaptureReader open(String name, InputStream stream) throws NotACapture {
        MeteredInput metered = new MeteredInput(stream);
        Head head = Head.of(metered);
        if (head.fault != null) {
            throw new CaptureException(name + ": cannot be read (" + head.fault.getMessage() + ")");
        }
        FileKind kind = FileKind.of(head.bytes);
        InputStream in = metered;
        if (kind.isCompressed()) {
            in = Decompression.of(name, kind, new SequenceInputStream(new ByteArrayInputStream(head.bytes), metered));
            head = Head.of(in);
            kind = kind.ofContent(head.bytes, head.fault != null);
        }
        return switch (kind.family()) {
            case PCAP -> new CaptureReader(name, metered, in, new Pcap(), head);
            case PCAPNG -> new CaptureReader(name, metered, in, new Pcapng(), head);
            default -> {
                // A decompressor holds native memory that no garbage collector frees.
                close(in);
                throw new NotACapture(name, kind);
            }
        };
    }

    /** The first bytes, and what was wrong with the stream where they are all that there is. */
    private record Head(byte[] bytes, IOException fault) {
        static Head of(InputStream in) {
            byte[] bytes = new byte[FileKind.HEAD_BYTES];
            int length = 0;
            try {
                for (int read = 0; read >= 0 && length < bytes.length; length += Math.max(read, 0)) {
                    read = in.read(bytes, length, bytes.length - length);
                }
                return new Head(Arrays.copyOf(bytes, length), null);
            } catch (IOException fault) {
                return new Head(Arrays.copyOf(bytes, length), fault);
            }
        }
    }

    /** See {@link PacketSource#read}; after an exception the capture is at its end. */
    boolean read(PacketBatch batch) {
        while (batch.count() == 0 && !atEnd) {
            fill(batch);
        }
        batch.addSourceBytes(metered.bytes() - reportedBytes);
        reportedBytes = metered.bytes();
        if (batch.count() == 0 && failure != null) {
            CaptureException thrown = failure;
            failure = null;
            throw thrown;
        }
        return batch.count() > 0;
    }

    private void fill(PacketBatch batch) {
        byte[] buffer = batch.buffer;
        int to = refill(buffer);
        int from = (int) Math.min(skipBytes, to);
        skipBytes -= from;
        long next;
        try {
            next = format.index(batch, from, to);
        } catch (Flaw flaw) {
            packets += batch.count();
            fail("damaged at byte " + place(flaw.at()) + ": " + flaw.getMessage());
            return;
        }
        packets += batch.count();
        int at = (int) Math.min(next, to);
        skipBytes += next - at;
        if (inputEnded && !batch.isFull()) {
            end(buffer, at, to);
        } else if (at == 0 && to == buffer.length) {
            failTooLarge(format.need(buffer, at, to));
        }
        keep(buffer, at, to);
    }

    private int refill(byte[] buffer) {
        int to = keptBytes;
        System.arraycopy(kept, 0, buffer, 0, to);
        try {
            while (!inputEnded && to < buffer.length) {
                int read = in.read(buffer, to, buffer.length - to);
                inputEnded = read < 0;
                to += Math.max(read, 0);
            }
        } catch (IOException fault) {
            inputEnded = true;
            inputFault = fault;
        }
        return to;
    }

    private void keep(byte[] buffer, int at, int to) {
        keptBytes = to - at;
        if (kept.length < keptBytes) {
            kept = new byte[buffer.length];
        }
        System.arraycopy(buffer, at, kept, 0, keptBytes);
        position += at;
    }

    private void end(byte[] buffer, int at, int to) {
        atEnd = true;
        if (inputFault instanceof EOFException) {
            fail("cut short at byte " + place(to) + ": the " + inputFault.getMessage() + " ends too early");
        } else if (inputFault != null) {
            fail("cannot be read on at byte " + place(to) + ": " + inputFault.getMessage());
        } else if (at < to) {
            Need need = format.need(buffer, at, to);
            int start = at + need.start();
            fail("cut short at byte " + place(start) + ": the " + need.part() + " needs " + need.bytes() + " bytes, "
                    + (to - start) + " are there");
        } else if (skipBytes > 0) {
            fail("cut short at byte " + place(to) + ": the block goes on for " + skipBytes + " bytes");
        }
    }

    private void failTooLarge(Need need) {
        fail("the record at byte " + place(0) + " does not fit in limits." + Bound.BATCH_BYTES.key() + "; set it to "
                + (need.start() + need.bytes()) + " or more");
    }

    private String place(int at) {
        return position + at + (in == metered ? "" : " of the decompressed data");
    }

    private void fail(String what) {
        atEnd = true;
        failure = new CaptureException(name + ": " + what + "; "
                + switch ((int) Math.min(packets, 2)) {
                    case 0 -> "no packet stands before it";
                    case 1 -> "the one packet before it was read";
                    default -> "the " + packets + " packets before it were read";
                });
    }

    @Override
    public void close() {
        close(in);
    }

    static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException ignored) {
            // Nothing was written, so nothing can be lost.
        }
    }
}
