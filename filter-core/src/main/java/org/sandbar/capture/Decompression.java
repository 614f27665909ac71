package org.sandbar.capture;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Opens what decompresses a stream; a stream that ends too early ends in an {@link EOFException}, whatever its format. */
final class Decompression {
    private Decompression() {}

    /** @throws CaptureException where the native library of zstd cannot be loaded on this machine */
    static InputStream of(String name, FileKind kind, InputStream compressed) {
        if (kind.family() == FileKind.Family.GZIP) {
            return new GzipInput(compressed);
        }
        try {
            return new Zstd(new ZstdInputStreamNoFinalizer(compressed));
        } catch (LinkageError | IOException missing) {
            String reason =
                    String.valueOf(missing.getMessage()).lines().findFirst().orElse("");
            throw new CaptureException(name + ": zstd cannot be loaded (" + reason
                    + "); start Java with -Djava.io.tmpdir=FOLDER, one that programs can run from (no noexec), or"
                    + " decompress the file first: zstd -d FILE");
        }
    }

    private static final class Zstd extends FilterInputStream {
        private static final String CUT_SHORT = "Truncated source";

        Zstd(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                return in.read(into, offset, length);
            } catch (ZstdIOException fault) {
                throw CUT_SHORT.equals(fault.getMessage()) ? new EOFException("zstd data") : fault;
            }
        }
    }
}
