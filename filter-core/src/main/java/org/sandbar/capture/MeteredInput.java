package org.sandbar.capture;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes that were read, below any decompressor: for progress. One thread. */
final class MeteredInput extends FilterInputStream {
    private long bytes;

    MeteredInput(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        int value = in.read();
        bytes += value < 0 ? 0 : 1;
        return value;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = in.read(into, offset, length);
        bytes += Math.max(read, 0);
        return read;
    }

    long bytes() {
        return bytes;
    }
}
