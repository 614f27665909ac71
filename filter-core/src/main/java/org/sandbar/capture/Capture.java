package org.sandbar.capture;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sandbar.capture.CaptureReader.NotACapture;

/** One capture of a run, until it is its turn to be read: a file that is closed meanwhile, or a stream that is open already. */
sealed interface Capture {
    /** The time of a capture that has no packet, or whose first packet cannot be read: before all others. */
    long NO_PACKET = Long.MIN_VALUE;

    long UNKNOWN_BYTES = -1;

    /** When its first packet was seen. */
    long firstNs();

    /** How long it is as it lies there, or {@link #UNKNOWN_BYTES}. */
    long bytes();

    /** @throws CaptureException where it cannot be read (any more) */
    CaptureReader open();

    /** A file. */
    record OnDisk(Path path, long firstNs, long bytes) implements Capture {
        @Override
        public CaptureReader open() {
            try {
                return Capture.open(path);
            } catch (NotACapture changed) {
                throw new CaptureException(changed.getMessage());
            }
        }
    }

    /** A stream, which can be read only once and so stays open. */
    record Opened(CaptureReader reader) implements Capture {
        @Override
        public long firstNs() {
            return Long.MAX_VALUE;
        }

        @Override
        public long bytes() {
            return UNKNOWN_BYTES;
        }

        @Override
        public CaptureReader open() {
            return reader;
        }
    }

    /** Something in a folder that cannot be read, which the user is to be told of without losing the others. */
    record Unusable(CaptureException why) implements Capture {
        @Override
        public long firstNs() {
            return NO_PACKET;
        }

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public CaptureReader open() {
            throw why;
        }
    }

    static CaptureReader open(Path path) throws NotACapture {
        InputStream stream = stream(path);
        try {
            return CaptureReader.open(name(path), stream);
        } catch (NotACapture | CaptureException unusable) {
            CaptureReader.close(stream);
            throw unusable;
        }
    }

    /** Measured on a capture of 829 MB: as fast as mapping it into memory when the process is cold, and nothing can fault. */
    static InputStream stream(Path path) {
        try {
            return new FileInputStream(path.toFile());
        } catch (IOException refused) {
            throw unreadable(path, refused.getMessage());
        }
    }

    static CaptureException unreadable(Path path, String reason) {
        String what;
        if (!Files.exists(path)) {
            what = "no such file or folder";
        } else if (Files.isReadable(path)) {
            what = "cannot be read (" + reason + ")";
        } else if (Files.isDirectory(path)) {
            what = "no permission to list it; run as its owner, or: chmod +rx FOLDER";
        } else {
            what = "no permission to read it; run as its owner, or: chmod +r FILE";
        }
        return new CaptureException(name(path) + ": " + what);
    }

    /** A path as it may be printed on one line. */
    static String name(Path path) {
        StringBuilder name = new StringBuilder(path.toString());
        for (int i = 0; i < name.length(); i++) {
            if (Character.isISOControl(name.charAt(i))) {
                name.setCharAt(i, '?');
            }
        }
        return name.toString();
    }
}
