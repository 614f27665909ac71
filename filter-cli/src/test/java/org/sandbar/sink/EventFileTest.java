package org.sandbar.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
    @TempDir
    private Path folder;

    private long nowMs;

    @Test
    void rotatesBySizeAndKeepsTheNewestCompressed() throws IOException {
        EventFile file = open(new FileRotation(10, 0, 3, true, message -> {}));
        for (String line :
                List.of("one one\n", "two two\n", "three\n", "4\n", "five five\n", "six six six six\n", "7\n")) {
            write(file, line);
        }
        file.close();
        assertEquals(List.of("eve.json", "eve.json.00003.gz", "eve.json.00004.gz", "eve.json.00005.gz"), names(5));
        assertEquals("7\n", Files.readString(folder.resolve("eve.json")));
        assertEquals("three\n4\n", unpacked("eve.json.00003.gz"));
        assertEquals("six six six six\n", unpacked("eve.json.00005.gz"));
    }

    @Test
    void rotatesByAgeAndNumbersOn() throws IOException {
        Files.writeString(folder.resolve("eve.json.00041"), "old\n");
        Files.writeString(folder.resolve("eve.json.backup"), "mine\n");
        EventFile file = open(new FileRotation(0, 60_000, 0, false, message -> {}));
        write(file, "one\n");
        nowMs = 59_000;
        write(file, "two\n");
        nowMs = 60_000;
        write(file, "three\n");
        file.close();
        assertEquals("one\ntwo\n", Files.readString(folder.resolve("eve.json.00042")));
        assertEquals("three\n", Files.readString(folder.resolve("eve.json")));
    }

    @Test
    void appendsWhereItShallAndFollowsItsName() throws IOException {
        Path path = folder.resolve("eve.json");
        Files.writeString(path, "before\n");
        EventFile file = new EventFile(path.toString(), new EventFile.Keeping(true, true, null));
        write(file, "one\n");
        Files.move(path, folder.resolve("away"));
        write(file, "two\n");
        file.reopen();
        write(file, "three\n");
        file.close();
        assertEquals("before\none\ntwo\n", Files.readString(folder.resolve("away")));
        assertEquals("three\n", Files.readString(path));
        new EventFile(path.toString(), EventFile.Keeping.USUAL).close();
        assertEquals("", Files.readString(path));
    }

    private EventFile open(FileRotation rotation) throws IOException {
        return new EventFile(
                folder.resolve("eve.json").toString(),
                new EventFile.Keeping(false, false, rotation),
                () -> Instant.ofEpochMilli(nowMs));
    }

    private static void write(EventFile file, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        file.write(bytes, 0, bytes.length);
    }

    private List<String> names(int most) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
            assertTrue(names.size() <= most, names.toString());
            return names;
        }
    }

    private String unpacked(String name) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(folder.resolve(name)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
