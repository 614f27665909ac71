package org.sandbar.capture;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sandbar.capture.CaptureReader.NotACapture;

/**
 * The captures that a user names: files, folders with all that is below them, and {@code -} for standard input. What is a capture is
 * told by its first bytes, never by its name. Every file is looked at before the first is read, and closed again until it is its
 * turn, so that there may be any number of them. They are read in the order of their first packets, those without a packet first; a
 * stream that cannot be looked at beforehand (standard input, a named pipe) comes last. One thread.
 */
public final class Captures {
    private static final String STANDARD_INPUT = "-";

    /** So much of a file is read to find its first packet: the largest record that libpcap writes fits. */
    private static final int GLANCE_BYTES = (1 << 18) + (1 << 12);

    private final InputStream standardInput;
    private final List<Capture> files = new ArrayList<>();
    private final List<Capture> streams = new ArrayList<>();
    private final PacketBatch glance = new PacketBatch(GLANCE_BYTES);
    private boolean standardInputTaken;

    private Captures(InputStream standardInput) {
        this.standardInput = standardInput;
    }

    /**
     * A source of the packets of all these captures, one after another; the caller closes it.
     *
     * @param standardInput what {@code -} stands for
     * @throws CaptureException where an argument does not exist, cannot be read, is not a capture, or is a folder without one
     */
    public static PacketSource open(List<String> arguments, InputStream standardInput) {
        Captures captures = new Captures(standardInput);
        try {
            for (String argument : arguments) {
                captures.add(argument);
            }
        } catch (CaptureException unusable) {
            new CaptureSequence(captures.streams).close();
            throw unusable;
        }
        captures.files.sort((one, other) -> Long.compare(one.firstNs(), other.firstNs()));
        captures.files.addAll(captures.streams);
        return new CaptureSequence(captures.files);
    }

    private void add(String argument) {
        if (argument.equals(STANDARD_INPUT)) {
            if (standardInputTaken) {
                throw new CaptureException("standard input can be read only once; name - only once");
            }
            standardInputTaken = true;
            addStream("standard input", standardInput);
            return;
        }
        Path path = path(argument);
        if (Files.isDirectory(path)) {
            addFolder(path);
        } else if (Files.isRegularFile(path)) {
            addFile(path);
        } else {
            addStream(Capture.name(path), Capture.stream(path));
        }
    }

    private static Path path(String argument) {
        try {
            return Path.of(argument);
        } catch (InvalidPathException unmappable) {
            throw new CaptureException(unmappable.getMessage() + "; is the locale right? (LC_ALL=C.UTF-8)");
        }
    }

    private void addStream(String name, InputStream stream) {
        try {
            streams.add(new Capture.Opened(CaptureReader.open(name, stream)));
        } catch (NotACapture other) {
            throw new CaptureException(other.getMessage());
        }
    }

    private void addFile(Path path) {
        try {
            files.add(look(path));
        } catch (NotACapture other) {
            throw new CaptureException(other.getMessage());
        }
    }

    private void addFolder(Path folder) {
        List<Capture> found = new ArrayList<>();
        Folder listing = Folder.list(folder);
        if (listing.unreadable().contains(folder)) {
            throw Capture.unreadable(folder, "cannot be listed");
        }
        for (Path path : listing.files()) {
            try {
                found.add(look(path));
            } catch (NotACapture other) {
                // A folder may hold notes beside its captures.
            } catch (CaptureException unusable) {
                found.add(new Capture.Unusable(unusable));
            }
        }
        listing.unreadable()
                .forEach(path -> found.add(new Capture.Unusable(Capture.unreadable(path, "cannot be listed"))));
        if (found.isEmpty()) {
            throw new CaptureException(Capture.name(folder) + ": no capture in this folder, among "
                    + listing.files().size() + " files; pcap and pcapng are read, also as .gz and .zst");
        }
        files.addAll(found);
    }

    private Capture look(Path path) throws NotACapture {
        try (CaptureReader reader = Capture.open(path)) {
            return new Capture.OnDisk(path, firstNs(reader), path.toFile().length());
        }
    }

    private long firstNs(CaptureReader reader) {
        glance.clear(1);
        try {
            return reader.read(glance) ? glance.timeNs[0] : Capture.NO_PACKET;
        } catch (CaptureException faulty) {
            // What is wrong with it is told when it is its turn.
            return Capture.NO_PACKET;
        }
    }
}
