package org.sandbar.capture;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.SortedSet;
import java.util.TreeSet;

/** All regular files below a folder in the order of their paths, and what could not be listed. Links are followed, but not in circles. */
record Folder(SortedSet<Path> files, SortedSet<Path> unreadable) {
    static Folder list(Path folder) {
        Folder listing = new Folder(new TreeSet<>(), new TreeSet<>());
        try {
            Files.walkFileTree(
                    folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, listing.new Visitor());
        } catch (IOException fault) {
            throw Capture.unreadable(folder, fault.getMessage());
        }
        return listing;
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                files.add(path);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException fault) {
            boolean nothingThere = fault instanceof FileSystemLoopException || fault instanceof NoSuchFileException;
            if (!nothingThere) {
                unreadable.add(path);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path path, IOException fault) {
            if (fault != null) {
                unreadable.add(path);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
