package org.sandbar.output;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sandbar.capture.NetworkInterface;
import org.sandbar.capture.PacketBatch;
import org.sandbar.capture.PcapngWriter;

/**
 * Packets in pcapng files: in one of the name given, or, where they rotate, in {@code NAME-00001.pcapng} and so on for
 * {@code NAME.pcapng}. Numbers go on behind the highest that is there, so nothing of an earlier run is overwritten, and files of earlier
 * runs count among those that there may be. A rotated file is made when its first packet comes. One thread.
 */
public final class PacketFiles implements AutoCloseable {
    private static final String APPLICATION = "sandbar";

    private final Path file;
    private final Rotation rotation;
    private final TreeMap<Long, Path> numbered = new TreeMap<>();
    private PcapngWriter writer;
    private Path current;
    private long firstNs;
    private boolean empty;

    public PacketFiles(Path file, Rotation rotation) {
        this.file = file;
        this.rotation = rotation;
        current = file;
    }

    /** Makes the file, or, where files rotate, looks which there are, and whether one can be made. */
    public void open() throws IOException {
        if (rotation.isWanted()) {
            findNumbered();
        } else {
            begin(file);
        }
    }

    private void findNumbered() throws IOException {
        if (!Files.isWritable(folder())) {
            throw new IOException(
                    file + (Files.exists(folder()) ? " (Permission denied)" : " (No such file or directory)"));
        }
        Pattern name = Pattern.compile(Pattern.quote(stem()) + "-(\\d{5,18})" + Pattern.quote(extension()));
        try (Stream<Path> files = Files.list(folder())) {
            for (Path known : files.toList()) {
                Matcher matcher = name.matcher(known.getFileName().toString());
                if (matcher.matches()) {
                    numbered.put(Long.parseLong(matcher.group(1)), known);
                }
            }
        }
    }

    private Path folder() {
        return file.toAbsolutePath().getParent();
    }

    private String stem() {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - extension().length());
    }

    private String extension() {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? "" : name.substring(dot);
    }

    private void begin(Path path) throws IOException {
        current = path;
        writer = new PcapngWriter(new BufferedOutputStream(new FileOutputStream(path.toFile()), 1 << 16), APPLICATION);
        empty = true;
    }

    /** Writes a row of a batch. */
    public void write(PacketBatch batch, int row, List<String> comments) throws IOException {
        long timeNs = batch.timeNs[row];
        if (rotation.isWanted() && isNextDue(timeNs)) {
            rotate();
        }
        if (empty) {
            firstNs = timeNs;
            empty = false;
        }
        NetworkInterface seenOn = batch.seenOn[row];
        writer.packet(
                batch.buffer,
                batch.offset[row],
                batch.capturedLength[row],
                batch.wireLength[row],
                timeNs,
                seenOn == null ? new NetworkInterface(null, batch.linkType[row], 0) : seenOn,
                comments);
    }

    private boolean isNextDue(long timeNs) {
        return writer == null
                || !empty
                        && (rotation.fullAtBytes() > 0 && writer.bytes() >= rotation.fullAtBytes()
                                || rotation.longestNs() > 0 && timeNs - firstNs >= rotation.longestNs());
    }

    private void rotate() throws IOException {
        close();
        long number = numbered.isEmpty() ? 1 : numbered.lastKey() + 1;
        while (rotation.mostFiles() > 0 && numbered.size() >= rotation.mostFiles()) {
            Files.deleteIfExists(numbered.pollFirstEntry().getValue());
        }
        Path next = folder().resolve(String.format("%s-%05d%s", stem(), number, extension()));
        numbered.put(number, next);
        begin(next);
    }

    /** The file that is written, as a message names it. */
    public Path current() {
        return current;
    }

    public void flush() throws IOException {
        if (writer != null) {
            writer.flush();
        }
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            PcapngWriter closing = writer;
            writer = null;
            closing.close();
        }
    }
}
