package org.sandbar.capture;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;
import org.sandbar.bytes.Bytes;

/**
 * Decompresses gzip (RFC 1952) of any number of members. {@link java.util.zip.GZIPInputStream} is not used because it ends without
 * an error at a member's end when the pipe below happens to have no byte ready, or when the next member's header is cut. All that
 * the bytes before a fault decompress to is handed out before the fault is thrown. One thread.
 */
final class GzipInput extends InputStream {
    private static final int MAGIC = 0x1f8b;
    private static final int DEFLATE = 8;
    private static final int HEADER_CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int HEADER_BYTES_AFTER_FLAGS = 6;
    private static final int TRAILER_BYTES = 8;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int limit;
    private boolean inMember;
    private boolean afterMember;

    GzipInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (inMember || beginMember()) {
            int inflated = inflate(into, offset, length);
            if (inflated > 0) {
                checksum.update(into, offset, inflated);
                return inflated;
            }
            if (inflater.finished()) {
                endMember();
            } else if (inflater.needsInput()) {
                require();
                inflater.setInput(buffer, at, limit - at);
                at = limit;
            } else {
                throw new ZipException("gzip data asks for a dictionary");
            }
        }
        return -1;
    }

    private int inflate(byte[] into, int offset, int length) throws ZipException {
        try {
            return inflater.inflate(into, offset, length);
        } catch (DataFormatException damaged) {
            throw new ZipException("gzip data is damaged (" + damaged.getMessage() + ")");
        }
    }

    private boolean beginMember() throws IOException {
        while (at < limit || fill()) {
            // Padding with zeros, as tapes and block devices leave it, may follow a member.
            if (!afterMember || buffer[at] != 0) {
                takeHeader();
                inflater.reset();
                checksum.reset();
                inMember = true;
                return true;
            }
            at++;
        }
        return false;
    }

    private void takeHeader() throws IOException {
        if ((next() << 8 | next()) != MAGIC || next() != DEFLATE) {
            throw new ZipException("what follows the gzip data is not gzip data");
        }
        int flags = next();
        skip(HEADER_BYTES_AFTER_FLAGS);
        if ((flags & EXTRA) != 0) {
            skip(next() | next() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CHECKSUM) != 0) {
            skip(2);
        }
    }

    private void endMember() throws IOException {
        at = limit - inflater.getRemaining();
        byte[] trailer = new byte[TRAILER_BYTES];
        for (int i = 0; i < TRAILER_BYTES; i++) {
            trailer[i] = (byte) next();
        }
        boolean whole = Bytes.i32Little(trailer, 0) == (int) checksum.getValue()
                && Bytes.i32Little(trailer, 4) == (int) inflater.getBytesWritten();
        if (!whole) {
            throw new ZipException("gzip data is damaged (its checksum is wrong)");
        }
        inMember = false;
        afterMember = true;
    }

    private void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            next();
        }
    }

    private void skipText() throws IOException {
        int letter = next();
        while (letter != 0) {
            letter = next();
        }
    }

    private int next() throws IOException {
        require();
        return buffer[at++] & 0xff;
    }

    private void require() throws IOException {
        if (at == limit && !fill()) {
            throw new EOFException("gzip data");
        }
    }

    private boolean fill() throws IOException {
        at = 0;
        limit = Math.max(in.read(buffer, 0, buffer.length), 0);
        return limit > 0;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
