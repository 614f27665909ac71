package org.sandbar.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Lines that wait on disk, first in first out, bounded, and still there when the program starts again. A header says where the first
 * one stands; each has its length and checksum before it, so that what a power cut left unfinished is known and left out. The file is
 * one process's alone, and is gone when nothing waits in it. Not thread-safe: {@link Backlog} guards it.
 */
final class SpillFile {
    private static final long MAGIC = 0x5341_4e44_4241_5231L;
    private static final int HEADER_BYTES = 16;
    private static final int FRAME_BYTES = 8;
    private static final int FIXED_BYTES = 19;
    private static final int LONGEST_FRAME = 1 << 24;

    private final Path path;
    private final long mostBytes;
    private FileChannel lockChannel;
    private FileChannel file;
    private long first;
    private long end;
    private long lines;
    private long lastSequence;

    private SpillFile(Path path, long mostBytes) {
        this.path = path;
        this.mostBytes = mostBytes;
    }

    /** Opens what a run before has left, or nothing yet. Throws where another process has it. */
    static SpillFile open(Path path, long mostBytes) throws IOException {
        SpillFile spill = new SpillFile(path, mostBytes);
        Files.createDirectories(path.toAbsolutePath().getParent());
        spill.lockChannel = FileChannel.open(
                path.resolveSibling(path.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!spill.isLocked()) {
            spill.lockChannel.close();
            throw new IOException(path + " is in use by another run");
        }
        if (Files.exists(path)) {
            spill.openFile();
            spill.recover();
        }
        return spill;
    }

    private boolean isLocked() throws IOException {
        try {
            FileLock lock = lockChannel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException sameProcess) {
            return false;
        }
    }

    private void openFile() throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    Path path() {
        return path;
    }

    /** How many lines wait. */
    long lines() {
        return lines;
    }

    long waitingBytes() {
        return end - first;
    }

    /** The number of the last line that waited when it was opened, or 0. */
    long lastSequence() {
        return lastSequence;
    }

    private void recover() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        if (read(header, 0) < HEADER_BYTES || header.getLong(0) != MAGIC) {
            clear();
            return;
        }
        first = header.getLong(8);
        end = first;
        for (Line line = lineAt(end); line != null; line = lineAt(end)) {
            lastSequence = line.sequence();
            end += frameBytes(line);
            lines++;
        }
        file.truncate(end);
    }

    private void clear() throws IOException {
        file.truncate(0);
        file.write(
                ByteBuffer.allocate(HEADER_BYTES)
                        .putLong(MAGIC)
                        .putLong(HEADER_BYTES)
                        .flip(),
                0);
        first = HEADER_BYTES;
        end = HEADER_BYTES;
        lines = 0;
    }

    /** Appends a line, where there is room. */
    boolean append(Line line) throws IOException {
        if (file == null) {
            openFile();
            clear();
        }
        ByteBuffer frame = frame(line);
        if (end - first + frame.remaining() > mostBytes) {
            return false;
        }
        if (end + frame.remaining() > 2 * mostBytes) {
            compact();
        }
        long at = end;
        while (frame.hasRemaining()) {
            at += file.write(frame, at);
        }
        end = at;
        lines++;
        return true;
    }

    /** The oldest lines, of about so many bytes together. */
    List<Line> oldest(int bytes) throws IOException {
        List<Line> oldest = new ArrayList<>();
        long at = first;
        for (long left = bytes; left > 0 && at < end; ) {
            Line line = lineAt(at);
            if (line == null) {
                throw new IOException(path + " is damaged at byte " + at);
            }
            oldest.add(line);
            at += frameBytes(line);
            left -= line.bytes().length;
        }
        return oldest;
    }

    /** Takes away the oldest line, which is this one. */
    void remove(Line oldest) {
        first += frameBytes(oldest);
        lines--;
    }

    /** What was removed is so for a run to come, too. */
    void settle() throws IOException {
        if (lines == 0) {
            clear();
        } else {
            file.write(ByteBuffer.allocate(8).putLong(first).flip(), 8);
        }
    }

    /** What waits goes to the front of a new file that takes this one's place. */
    private void compact() throws IOException {
        Path next = path.resolveSibling(path.getFileName() + ".new");
        try (FileChannel to = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            to.write(ByteBuffer.allocate(HEADER_BYTES)
                    .putLong(MAGIC)
                    .putLong(HEADER_BYTES)
                    .flip());
            for (long at = first; at < end; ) {
                at += file.transferTo(at, end - at, to);
            }
        }
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
        file.close();
        openFile();
        end = HEADER_BYTES + end - first;
        first = HEADER_BYTES;
    }

    /** Leaves on disk what waits. */
    void close() throws IOException {
        if (file != null) {
            file.force(true);
            file.close();
            if (lines == 0) {
                Files.deleteIfExists(path);
            }
        }
        lockChannel.close();
    }

    private static int frameBytes(Line line) {
        return FRAME_BYTES + FIXED_BYTES + utf8(line.kind()).length + utf8(line.key()).length + line.bytes().length;
    }

    private static ByteBuffer frame(Line line) {
        byte[] kind = utf8(line.kind());
        byte[] key = utf8(line.key());
        ByteBuffer frame = ByteBuffer.allocate(frameBytes(line)).position(FRAME_BYTES);
        frame.putLong(line.timeNs()).putLong(line.sequence()).put((byte) line.severity());
        frame.put((byte) kind.length).put(kind).put((byte) key.length).put(key).put(line.bytes());
        frame.flip();
        return frame.putInt(0, frame.limit() - FRAME_BYTES).putInt(4, checksum(frame));
    }

    /** Null where no whole line stands there. */
    private Line lineAt(long at) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(FRAME_BYTES);
        if (read(head, at) < FRAME_BYTES) {
            return null;
        }
        int length = head.getInt(0);
        if (length < FIXED_BYTES || length > LONGEST_FRAME) {
            return null;
        }
        ByteBuffer frame = ByteBuffer.allocate(FRAME_BYTES + length);
        if (read(frame, at) < frame.capacity() || frame.getInt(4) != checksum(frame)) {
            return null;
        }
        frame.position(FRAME_BYTES);
        long timeNs = frame.getLong();
        long sequence = frame.getLong();
        int severity = frame.get();
        String kind = new String(part(frame, frame.get() & 0xff), StandardCharsets.UTF_8);
        String key = new String(part(frame, frame.get() & 0xff), StandardCharsets.UTF_8);
        return new Line(part(frame, frame.remaining()), timeNs, kind, severity, key, sequence);
    }

    private int read(ByteBuffer into, long at) throws IOException {
        while (into.hasRemaining() && file.read(into, at + into.position()) > 0) {
            // Until it is full or the file ends.
        }
        int read = into.position();
        into.flip();
        return read;
    }

    private static byte[] part(ByteBuffer from, int length) {
        byte[] part = new byte[length];
        from.get(part);
        return part;
    }

    private static int checksum(ByteBuffer frame) {
        CRC32 sum = new CRC32();
        sum.update(frame.array(), FRAME_BYTES, frame.limit() - FRAME_BYTES);
        return (int) sum.getValue();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
