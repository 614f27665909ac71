package org.sandbar.sink;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * Moves a full file away, to its name with the next number behind it ({@code eve.json.00001}), compresses it, and deletes those with
 * the lowest numbers when there are too many. Compressing goes on beside the writing. One thread.
 */
public final class FileRotation {
    private static final Pattern NUMBERED = Pattern.compile("\\.(\\d{5,9})(\\.gz)?");
    private static final long PATIENCE_MINUTES = 10;

    private final long mostBytes;
    private final long longestMs;
    private final int mostFiles;
    private final boolean compressed;
    private final Consumer<String> messages;
    private ExecutorService compressor;

    /**
     * @param mostBytes a file has no more, but for a longer line; 0 for no bound
     * @param longestMs a file is written for so long; 0 for no bound
     * @param mostFiles so many are kept beside the one that is written; 0 for all
     */
    FileRotation(long mostBytes, long longestMs, int mostFiles, boolean compressed, Consumer<String> messages) {
        this.mostBytes = mostBytes;
        this.longestMs = longestMs;
        this.mostFiles = mostFiles;
        this.compressed = compressed;
        this.messages = messages;
    }

    boolean isDue(long bytes, long ageMs) {
        return mostBytes > 0 && bytes > mostBytes || longestMs > 0 && ageMs >= longestMs;
    }

    void moveAway(Path file) throws IOException {
        NavigableMap<Integer, List<Path>> before = numbered(file);
        int number = before.isEmpty() ? 1 : before.lastKey() + 1;
        Path away = file.resolveSibling(String.format("%s.%05d", file.getFileName(), number));
        Files.move(file, away);
        if (!compressed) {
            deleteOldest(file);
            return;
        }
        if (compressor == null) {
            compressor = Executors.newSingleThreadExecutor(task -> new Thread(task, "sandbar-compress"));
        }
        compressor.execute(() -> {
            compress(away);
            deleteOldest(file);
        });
    }

    private void deleteOldest(Path file) {
        try {
            NavigableMap<Integer, List<Path>> all = numbered(file);
            while (mostFiles > 0 && all.size() > mostFiles) {
                for (Path oldest : all.pollFirstEntry().getValue()) {
                    Files.deleteIfExists(oldest);
                }
            }
        } catch (IOException undeletable) {
            messages.accept(file + ": older files cannot be deleted: " + undeletable.getMessage());
        }
    }

    /** Those that were moved away before, by their numbers; one may be there twice while it is compressed. */
    private static NavigableMap<Integer, List<Path>> numbered(Path file) throws IOException {
        NavigableMap<Integer, List<Path>> found = new TreeMap<>();
        String name = file.getFileName().toString();
        try (DirectoryStream<Path> folder =
                Files.newDirectoryStream(file.toAbsolutePath().getParent())) {
            for (Path other : folder) {
                String otherName = other.getFileName().toString();
                if (otherName.startsWith(name)) {
                    Matcher number = NUMBERED.matcher(otherName.substring(name.length()));
                    if (number.matches()) {
                        found.computeIfAbsent(Integer.valueOf(number.group(1)), any -> new ArrayList<>())
                                .add(other);
                    }
                }
            }
        }
        return found;
    }

    private void compress(Path file) {
        Path packed = file.resolveSibling(file.getFileName() + ".gz");
        Path part = file.resolveSibling(file.getFileName() + ".gz.part");
        if (!Files.exists(file)) {
            return;
        }
        try {
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(part), 1 << 16)) {
                Files.copy(file, out);
            }
            Files.move(part, packed, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(file);
        } catch (IOException unwritable) {
            messages.accept(file + ": cannot be compressed, and stays as it is: " + unwritable.getMessage());
        }
    }

    /** Waits for what is being compressed. */
    void close() {
        if (compressor != null) {
            compressor.shutdown();
            try {
                compressor.awaitTermination(PATIENCE_MINUTES, TimeUnit.MINUTES);
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
