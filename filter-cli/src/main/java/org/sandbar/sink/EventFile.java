package org.sandbar.sink;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * A file of lines that is opened anew under its name when somebody has moved it away, and moved away by itself when it is full or old
 * enough. What is written at once is whole lines, and goes to one file as a whole or not at all. One thread writes; any may ask to have
 * it opened anew.
 */
public final class EventFile extends OutputStream {
    /**
     * How the file is kept.
     *
     * @param appends whether what was in it before stays
     * @param synced whether each write is on the disk before the next begins
     * @param rotation when it is moved away, or null for never
     */
    public record Keeping(boolean appends, boolean synced, FileRotation rotation) {
        public static final Keeping USUAL = new Keeping(false, false, null);
    }

    private final Path path;
    private final Keeping keeping;
    private final InstantSource clock;
    private FileOutputStream out;
    private long length;
    private long openedMs;

    /** Opens the file. */
    public EventFile(String name, Keeping keeping) throws IOException {
        this(name, keeping, InstantSource.system());
    }

    EventFile(String name, Keeping keeping, InstantSource clock) throws IOException {
        path = Path.of(name);
        this.keeping = keeping;
        this.clock = clock;
        open(keeping.appends());
    }

    private void open(boolean appends) throws IOException {
        File file = path.toFile();
        FileOutputStream next = new FileOutputStream(file, appends);
        if (out != null) {
            out.close();
        }
        out = next;
        length = appends && file.isFile() ? file.length() : 0;
        openedMs = clock.millis();
    }

    /** Goes on in the file that has the name now, behind what is in it; where it cannot be opened, in the one before. */
    public void reopen() throws IOException {
        // Nobody moves a pipe or a device away, and a pipe that nobody reads would be waited for.
        if (!Files.exists(path) || Files.isRegularFile(path)) {
            reopenFile();
        }
    }

    private synchronized void reopenFile() throws IOException {
        open(true);
    }

    @Override
    public void write(int letter) throws IOException {
        write(new byte[] {(byte) letter}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int count) throws IOException {
        FileRotation rotation = keeping.rotation();
        if (rotation != null && length > 0 && rotation.isDue(length + count, clock.millis() - openedMs)) {
            rotation.moveAway(path);
            open(false);
        }
        try {
            out.write(bytes, offset, count);
            length += count;
        } catch (IOException full) {
            takeBack();
            throw full;
        }
        if (keeping.synced()) {
            out.getChannel().force(false);
        }
    }

    /** A line that was begun must not stand before the next. */
    private void takeBack() {
        try {
            out.getChannel().truncate(length);
        } catch (IOException device) {
            // Only a file can be cut.
        }
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
        if (keeping.rotation() != null) {
            keeping.rotation().close();
        }
    }
}
