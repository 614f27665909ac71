package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The frames of WebSocket channels, as tshark counts them and as Sandbar does: in the samples, and in channels made up at random. */
class WebSocketOracleTest {
    private static final int CHANNELS = 12;
    private static final List<String> NAMES = List.of("continuation", "text", "binary");
    private static final List<String> CONTROL_NAMES = List.of("close", "ping", "pong");

    private static final String REQUEST = "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    private static final String RESPONSE =
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

    @TempDir
    private Path folder;

    /** What is said of one channel: frames and bytes of client and server, kinds of frames, client frames without a mask. */
    private static final class Channel {
        final long[] frames = new long[2];
        final long[] bytes = new long[2];
        final TreeSet<String> opcodes = new TreeSet<>();
        boolean unmasked;
        String code = "";

        @Override
        public String toString() {
            return frames[0] + "+" + frames[1] + " frames, " + bytes[0] + "+" + bytes[1] + " bytes, " + opcodes + " "
                    + code + (unmasked ? " unmasked" : "");
        }
    }

    @BeforeAll
    static void needsTshark() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/tshark")), "tshark is not installed");
    }

    /** By the client's port. */
    private static Map<String, String> ours(Path capture) {
        Run run = Run.of("replay", capture);
        assertEquals(ExitCode.DONE, run.code(), run.messages());
        assertFalse(run.isDefective(), run.messages());
        Map<String, String> channels = new TreeMap<>();
        for (JsonNode event : run.events("websocket")) {
            JsonNode told = event.at("/sandbar/websocket");
            Channel channel = new Channel();
            channel.frames[0] = told.get("frames_toserver").asLong();
            channel.frames[1] = told.get("frames_toclient").asLong();
            channel.bytes[0] = told.get("bytes_toserver").asLong();
            channel.bytes[1] = told.get("bytes_toclient").asLong();
            told.path("opcodes").forEach(name -> channel.opcodes.add(name.asText()));
            channel.unmasked = told.path("unmasked").asBoolean();
            channel.code = told.path("close_code").asText();
            if (told.get("finished").asBoolean()) {
                channels.put(event.get("src_port").asText(), channel.toString());
            }
        }
        return channels;
    }

    private static Map<String, String> theirs(Path capture) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("tshark", "-r", capture.toString(), "-Y", "websocket", "-T", "fields"));
        for (String field : List.of(
                "tcp.srcport",
                "tcp.dstport",
                "websocket.opcode",
                "websocket.mask",
                "websocket.payload_length",
                "websocket.payload_length_ext_16",
                "websocket.payload_length_ext_64",
                "websocket.payload.close.status_code")) {
            command.add("-e");
            command.add(field);
        }
        Process tshark = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Map<String, Channel> channels = new TreeMap<>();
        new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .forEach(line -> add(channels, line.split("\t", -1)));
        Map<String, String> texts = new TreeMap<>();
        channels.forEach((port, channel) -> texts.put(port, channel.toString()));
        return texts;
    }

    /** One packet, which may end several frames. */
    private static void add(Map<String, Channel> channels, String[] cells) {
        boolean client = Integer.parseInt(cells[1]) < Integer.parseInt(cells[0]);
        Channel channel = channels.computeIfAbsent(cells[client ? 0 : 1], port -> new Channel());
        List<String> masks = values(cells[3]);
        List<String> lengths = values(cells[4]);
        Iterator<String> lengths16 = values(cells[5]).iterator();
        Iterator<String> lengths64 = values(cells[6]).iterator();
        List<String> opcodes = values(cells[2]);
        for (int i = 0; i < opcodes.size(); i++) {
            long length = Long.decode(lengths.get(i));
            length = length == 126 ? Long.decode(lengths16.next()) : length;
            length = length == 127 ? Long.decode(lengths64.next()) : length;
            int opcode = Integer.decode(opcodes.get(i));
            channel.frames[client ? 0 : 1]++;
            channel.bytes[client ? 0 : 1] += length;
            channel.opcodes.add(opcode < 3 ? NAMES.get(opcode) : CONTROL_NAMES.get(opcode - 8));
            channel.unmasked |= client && !masks.get(i).equals("1");
        }
        if (channel.code.isEmpty() && !cells[7].isEmpty()) {
            channel.code = values(cells[7]).get(0);
        }
    }

    private static List<String> values(String cell) {
        return cell.isEmpty() ? List.of() : List.of(cell.split(","));
    }

    @Test
    void inTheSamples() throws IOException {
        int channels = 0;
        try (Stream<Path> files = Files.walk(Run.SAMPLES)) {
            for (Path file : files.filter(path -> path.endsWith("input.pcap")
                            && path.getParent().getParent().endsWith("http"))
                    .sorted()
                    .toList()) {
                assertEquals(theirs(file), ours(file), file.toString());
                channels += ours(file).size();
            }
        }
        assertTrue(channels >= 4, channels + " channels");
    }

    @Test
    void madeUpAtRandom() throws IOException {
        Random random = new Random(6455);
        for (int i = 0; i < CHANNELS; i++) {
            Talk talk = new Talk(80).client(REQUEST).server(RESPONSE);
            boolean masks = random.nextInt(4) > 0;
            for (int n = 1 + random.nextInt(8); n > 0; n--) {
                boolean client = random.nextBoolean();
                StringBuilder words = new StringBuilder();
                for (int m = 1 + random.nextInt(4); m > 0; m--) {
                    addFrame(words, random, client && masks, 1 + random.nextInt(2));
                    addFrame(words, random, client && masks, 9 + random.nextInt(2));
                }
                if (client) {
                    talk.client(words.toString());
                } else {
                    talk.server(words.toString());
                }
            }
            talk.client("\u0088\u0082\1\2\3\4\2\u00eb");
            Path file = Files.write(folder.resolve(i + ".pcap"), talk.capture());
            assertEquals(theirs(file), ours(file), "channel " + i);
        }
    }

    private static void addFrame(StringBuilder words, Random random, boolean masked, int opcode) {
        int size = random.nextInt(opcode >= 8 ? 126 : random.nextInt(6) == 0 ? 70_000 : 600);
        int mask = masked ? 0x80 : 0;
        words.append((char) (0x80 | opcode));
        if (size < 126) {
            words.append((char) (mask | size));
        } else if (size < 0x10000) {
            words.append((char) (mask | 126)).append((char) (size >> 8)).append((char) (size & 0xff));
        } else {
            words.append((char) (mask | 127)).append("\0\0\0\0\0");
            words.append((char) (size >> 16)).append((char) (size >> 8 & 0xff)).append((char) (size & 0xff));
        }
        for (int i = masked ? -4 : 0; i < size; i++) {
            words.append((char) (1 + random.nextInt(255)));
        }
    }
}
