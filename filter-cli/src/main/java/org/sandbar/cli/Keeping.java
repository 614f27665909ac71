package org.sandbar.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sandbar.bytes.Limits;
import org.sandbar.output.PacketFiles;
import org.sandbar.output.PacketKeeper;
import org.sandbar.output.Rotation;
import picocli.CommandLine.Option;

/** What {@code -w} and its companions say: where the packets of flows that alerted are kept, and in how many files. */
final class Keeping {
    private static final long MEGABYTE = 1_000_000;
    private static final long SECOND_NS = 1_000_000_000;
    private static final int MOST = 1_000_000_000;

    @Option(
            names = {"-w", "--write"},
            paramLabel = "FILE",
            description = "keep the packets of flows that alerted in this pcapng file, with the alerts as comments")
    private Path file;

    @Option(
            names = "--keep-size",
            paramLabel = "MB",
            description = "with -w: begin another file, numbered as in FILE-00001, when one has so many million bytes")
    private Integer megabytes;

    @Option(
            names = "--keep-seconds",
            paramLabel = "N",
            description = "with -w: begin another file when one spans so many seconds of the packets' time")
    private Integer seconds;

    @Option(
            names = "--keep-files",
            paramLabel = "N",
            description = "with --keep-size or --keep-seconds: so many files at most; the oldest is deleted")
    private Integer files;

    /** What is wrong with them and can be known before anything is opened. */
    void check() {
        check("--keep-size", megabytes);
        check("--keep-seconds", seconds);
        check("--keep-files", files);
        if (files != null && megabytes == null && seconds == null) {
            throw new Failure(
                    ExitCode.USAGE, "--keep-files needs --keep-size or --keep-seconds, which begin new files");
        }
        if (file != null && (file.toString().equals("-") || file.getFileName() == null)) {
            throw new Failure(ExitCode.USAGE, "-w " + file + ": the packets go to a file, as in -w alerted.pcapng");
        }
    }

    private void check(String option, Integer value) {
        if (value != null && file == null) {
            throw new Failure(ExitCode.USAGE, option + " needs -w FILE, the file to keep packets in");
        }
        if (value != null && (value < 1 || value > MOST)) {
            throw new Failure(ExitCode.USAGE, option + " must be from 1 to " + MOST + ", not " + value);
        }
    }

    /** The file must not be one of those that are read: it would be emptied before. */
    void checkAgainst(List<String> captures) {
        if (file == null || !Files.exists(file)) {
            return;
        }
        for (String capture : captures) {
            if (isWithin(Path.of(capture))) {
                throw new Failure(
                        ExitCode.USAGE, "-w " + file + ": this file is among the captures to be read; choose another");
            }
        }
    }

    private boolean isWithin(Path capture) {
        try {
            return file.toRealPath().startsWith(capture.toRealPath());
        } catch (IOException elsewhere) {
            return false;
        }
    }

    /** Who keeps the packets, or null where nobody is to. */
    PacketKeeper keeper(Limits limits, Console console) {
        return file == null ? null : new PacketKeeper(new PacketFiles(file, rotation()), limits, console::say);
    }

    private Rotation rotation() {
        return new Rotation(
                megabytes == null ? 0 : megabytes * MEGABYTE,
                seconds == null ? 0 : seconds * SECOND_NS,
                files == null ? 0 : files);
    }

    /** Makes the file, so that what is wrong with it is known before anything is written. */
    void open(PacketKeeper keeper) {
        try {
            keeper.open();
        } catch (IOException unwritable) {
            throw Outputs.unwritable(file, unwritable);
        }
    }
}
