package org.sandbar.output;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Collects lines and hands them to a stream in large pieces; the last line can be taken back until it is ended. One thread. */
final class LineBuffer extends OutputStream {
    private static final int FLUSH_AT = 1 << 16;

    private final OutputStream out;
    private final String destination;
    private byte[] bytes = new byte[FLUSH_AT + (1 << 14)];
    private int length;
    private int lineStart;

    LineBuffer(OutputStream out, String destination) {
        this.out = out;
        this.destination = destination;
    }

    @Override
    public void write(int letter) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        bytes[length++] = (byte) letter;
    }

    @Override
    public void write(byte[] from, int offset, int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
        }
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    int lineLength() {
        return length - lineStart;
    }

    void takeBackLine() {
        length = lineStart;
    }

    void endLine() {
        write('\n');
        lineStart = length;
        if (length >= FLUSH_AT) {
            handOver();
        }
    }

    private void handOver() {
        try {
            out.write(bytes, 0, length);
        } catch (IOException gone) {
            throw new OutputException(destination, gone);
        } finally {
            length = 0;
            lineStart = 0;
        }
    }

    @Override
    public void flush() {
        // The JSON generator flushes after each line; only what the sink asks for goes out.
    }

    /** Hands over what is there and flushes the stream. */
    void flushOut() {
        handOver();
        try {
            out.flush();
        } catch (IOException gone) {
            throw new OutputException(destination, gone);
        }
    }

    @Override
    public void close() {
        try {
            flushOut();
        } finally {
            try {
                out.close();
            } catch (IOException gone) {
                throw new OutputException(destination, gone);
            }
        }
    }
}
