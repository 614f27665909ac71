package org.sandbar.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapturesTest {
    private static final byte[] DATA = new byte[60];

    @TempDir
    private Path folder;

    private static byte[] capture(long... times) {
        CaptureBytes capture = CaptureBytes.pcap();
        for (long time : times) {
            capture.packet(time * 1_000, DATA);
        }
        return capture.bytes();
    }

    private Path file(String name, byte[] bytes) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.write(path, bytes);
    }

    private static PacketSource open(Object... arguments) {
        return Captures.open(Stream.of(arguments).map(Object::toString).toList(), InputStream.nullInputStream());
    }

    private static Reading read(Object... arguments) {
        return Reading.of(open(arguments), Reading.BATCH_BYTES);
    }

    private static String refusal(Object... arguments) {
        String message =
                assertThrows(CaptureException.class, () -> open(arguments)).getMessage();
        assertEquals(1, message.lines().count());
        return message;
    }

    @Test
    void readsFilesInTheOrderOfTheirFirstPackets() throws IOException {
        Path late = file("a.pcap", capture(30, 31));
        Path early = file("b.pcap", capture(10, 40));
        Path empty = file("c.pcap", capture());
        Path between = file("d.pcap.gz", CaptureBytes.gzip(capture(20)));
        Reading reading = read(late, early, empty, between);
        assertEquals(List.of(10_000L, 40_000L, 20_000L, 30_000L, 31_000L), reading.times());
        assertEquals(
                List.of(1L, 2L, 3L, 4L, 5L),
                reading.packets().stream().map(Reading.Row::ordinal).toList());
        assertEquals(List.of(2, 3, 5), reading.batchEnds());
    }

    @Test
    void filesOfTheSameTimeStayInTheOrderInWhichTheyWereNamed() throws IOException {
        Path one = file("z.pcap", capture(5, 1));
        Path two = file("a.pcap", capture(5, 2));
        assertEquals(List.of(5_000L, 1_000L, 5_000L, 2_000L), read(one, two).times());
        assertEquals(List.of(5_000L, 2_000L, 5_000L, 1_000L), read(folder).times());
    }

    @Test
    void knowsHowManyBytesThereAre() throws IOException {
        Path plain = file("a.pcap", capture(1, 2));
        Path packed = file("b.pcap", CaptureBytes.gzip(capture(3)));
        PacketSource source = open(plain, packed);
        assertEquals(Files.size(plain) + Files.size(packed), source.totalBytes());
        assertEquals(
                source.totalBytes(), Reading.of(source, Reading.BATCH_BYTES).sourceBytes());
    }

    @Test
    void standardInputComesAfterTheFilesAndHasNoSize() throws IOException {
        Path file = file("a.pcap", capture(9));
        InputStream standardInput = new ByteArrayInputStream(capture(3));
        PacketSource source = Captures.open(List.of("-", file.toString()), standardInput);
        assertEquals(-1, source.totalBytes());
        assertEquals(
                List.of(9_000L, 3_000L), Reading.of(source, Reading.BATCH_BYTES).times());
        assertTrue(assertThrows(
                        CaptureException.class,
                        () -> Captures.open(List.of("-", "-"), new ByteArrayInputStream(capture(3))))
                .getMessage()
                .contains("only once"));
    }

    @Test
    void aPipeWithANameIsOpenedOnce() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")));
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        Thread writer = new Thread(() -> {
            try {
                Files.write(pipe, capture(1, 2, 3));
            } catch (IOException closed) {
                throw new java.io.UncheckedIOException(closed);
            }
        });
        writer.start();
        assertEquals(3, read(pipe).packets().size());
        writer.join();
    }

    @Test
    void findsCapturesInFoldersByTheirBytes() throws IOException {
        file("in/deep/er/no-ending", capture(2));
        file("in/b.txt", CaptureBytes.gzip(capture(1)));
        file("in/notes.pcap", "not a capture".getBytes(StandardCharsets.UTF_8));
        file("in/notes.gz", CaptureBytes.gzip("not a capture".getBytes(StandardCharsets.UTF_8)));
        file("in/empty.pcap", new byte[0]);
        Files.createSymbolicLink(folder.resolve("in/deep/circle"), folder.resolve("in"));
        Files.createSymbolicLink(folder.resolve("in/nowhere"), folder.resolve("gone"));
        Files.createSymbolicLink(folder.resolve("in/link"), file("outside.pcap", capture(3)));
        Reading reading = read(folder.resolve("in"));
        assertEquals(List.of(), reading.complaints());
        assertEquals(List.of(1_000L, 2_000L, 3_000L), reading.times());
    }

    @Test
    void goesOnWithTheNextCaptureAfterOneThatIsCut() throws IOException {
        byte[] whole = capture(1, 2, 3);
        file("1.pcap", Arrays.copyOf(whole, whole.length - 1));
        file("2.pcap", Arrays.copyOf(whole, 30));
        file("3.pcap", capture(7, 8));
        Reading reading = read(folder);
        assertEquals(List.of(1_000L, 2_000L, 7_000L, 8_000L), reading.times());
        assertEquals(
                List.of(
                        folder.resolve("2.pcap") + ": cut short at byte 24: the record header needs 16 bytes, 6 are"
                                + " there; no packet stands before it",
                        folder.resolve("1.pcap") + ": cut short at byte 192: the packet data needs 60 bytes, 59 are"
                                + " there; the 2 packets before it were read"),
                reading.complaints());
    }

    @Test
    void aFileThatIsGoneWhenItIsItsTurnIsSaidAndTheOthersAreRead() throws IOException {
        Path gone = file("a.pcap", capture(1));
        PacketSource source = open(gone, file("b.pcap", capture(2)));
        Files.delete(gone);
        Reading reading = Reading.of(source, Reading.BATCH_BYTES);
        assertEquals(gone + ": no such file or folder", reading.complaint());
        assertEquals(List.of(2_000L), reading.times());
    }

    @Test
    void refusesWhatIsNotThere() throws IOException {
        Path missing = folder.resolve("missing\n.pcap");
        assertEquals(folder + "/missing?.pcap: no such file or folder", refusal(missing));
        assertTrue(refusal(folder).startsWith(folder + ": no capture in this folder, among 0 files"));
        file("notes", "text".getBytes(StandardCharsets.UTF_8));
        assertTrue(refusal(folder).startsWith(folder + ": no capture in this folder, among 1 files"));
        assertTrue(refusal("nul\0").contains("Nul character not allowed"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "504b0304140000 | a zip archive; unpack it first",
                "736e6f6f70000000 | a snoop capture; convert it with: editcap -F pcapng FILE FILE.pcapng",
                "7b2261223a317d | JSON; pcap and pcapng are read, also as .gz and .zst",
                "68656c6c6fc3 | text; if it is a hex dump, convert it with: text2pcap FILE FILE.pcapng",
                "00ff0102 | unknown binary data; pcap and pcapng are read, also as .gz and .zst",
                "68ff6c6c6f | unknown binary data; pcap and pcapng are read, also as .gz and .zst",
                "0a0d0d0a0000001c00000000 | unknown binary data; pcap and pcapng are read, also as .gz and .zst",
                "'' | an empty file; pcap and pcapng are read, also as .gz and .zst",
                "1f8b08 | gzip data that is cut short or damaged; fetch it again"
            })
    void saysWhatAFileLooksLikeThatIsNotACapture(String hex, String words) throws IOException {
        Path path = file("file", java.util.HexFormat.of().parseHex(hex));
        assertEquals(path + ": not a capture, it looks like " + words, refusal(path));
    }

    @Test
    void saysWhatACompressedFileHolds() throws IOException {
        Path path = file("a.pcap.gz", CaptureBytes.gzip("[1, 2]".getBytes(StandardCharsets.UTF_8)));
        assertTrue(refusal(path).contains("it looks like gzip data of JSON"));
    }

    @Test
    void saysWhatMayNotBeRead() throws IOException {
        Path secret = file("in/secret.pcap", capture(1));
        file("in/open.pcap", capture(2));
        Files.setPosixFilePermissions(secret, java.util.Set.of());
        assumeFalse(Files.isReadable(secret), "root reads everything");
        assertTrue(refusal(secret).contains("no permission to read it; run as its owner, or: chmod +r FILE"));
        Reading reading = read(folder.resolve("in"));
        assertTrue(reading.complaint().contains("no permission"));
        assertEquals(List.of(2_000L), reading.times());
    }

    @Test
    void manyFilesAreNotOpenAtOnce() throws IOException {
        for (int i = 0; i < 3_000; i++) {
            file("many/" + i, capture(3_000 - i));
        }
        Reading reading = read(folder.resolve("many"));
        assertEquals(reading.times().stream().sorted().toList(), reading.times());
        assertEquals(3_000, reading.packets().size());
    }
}
