package org.sandbar.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;

/**
 * Standard input that another thread can end: after {@link #close}, also in the middle of a read that waits for a silent pipe, there
 * is no more of it. One thread reads.
 */
final class StandardInput extends InputStream {
    private final FileChannel channel = new FileInputStream(FileDescriptor.in).getChannel();

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return length == 0 ? 0 : channel.read(ByteBuffer.wrap(buffer, offset, length));
        } catch (ClosedChannelException ended) {
            return -1;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
