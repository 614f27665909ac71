package org.sandbar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sandbar.capture.Captures;
import org.sandbar.capture.PacketBatch;
import org.sandbar.capture.PacketSource;
import org.sandbar.event.Event;
import org.sandbar.protocol.sip.SipEvents;

/** What is told of SIP against what tshark dissects message by message: each request with its final code, and each medium's endpoint. */
class SipOracleTest {
    private static final Path ROOT = Path.of(System.getProperty("sandbar.root"));

    @TestFactory
    Stream<DynamicTest> recordedCaptures() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/tshark")));
        List<Path> captures = new ArrayList<>();
        for (Path place : List.of(ROOT.resolve("samples-pcap/sip"), ROOT.resolve("../shared/captures"))) {
            if (Files.isDirectory(place)) {
                try (Stream<Path> files = Files.walk(place)) {
                    files.filter(file -> file.endsWith("input.pcap")
                                    || file.getFileName().toString().contains("sip.pcap")
                                            && !file.toString().endsWith(".expect"))
                            .forEach(captures::add);
                }
            }
        }
        return captures.stream().sorted().map(file -> DynamicTest.dynamicTest(file.toString(), () -> compare(file)));
    }

    private static void compare(Path file) throws IOException {
        TreeSet<String> theirs = theirs(file);
        assertFalse(theirs.isEmpty());
        assertEquals(String.join("\n", theirs), String.join("\n", ours(file)));
    }

    private static TreeSet<String> theirs(Path file) throws IOException {
        Process tshark = new ProcessBuilder(
                        "tshark",
                        "-r",
                        file.toString(),
                        "-Y",
                        "sip",
                        "-T",
                        "fields",
                        "-e",
                        "sip.Call-ID",
                        "-e",
                        "sip.CSeq",
                        "-e",
                        "sip.Method",
                        "-e",
                        "sip.Status-Code",
                        "-e",
                        "sdp.connection_info.address",
                        "-e",
                        "sdp.media.port")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        TreeSet<String> said = new TreeSet<>();
        TreeSet<String> asked = new TreeSet<>();
        for (String line : new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
            String[] words = line.split("\t", -1);
            if (words.length < 6) {
                continue;
            }
            String request = words[0] + " " + words[1];
            if (!words[5].isEmpty()) {
                said.add(words[4] + " " + words[5]);
            }
            if (!words[2].isEmpty() && !words[2].equals("ACK")) {
                asked.add(request);
            } else if (words[3].length() == 3 && words[3].charAt(0) > '1') {
                said.add(request + " " + words[3]);
            }
        }
        for (String request : asked) {
            if (said.stream().noneMatch(answer -> answer.startsWith(request + " "))) {
                said.add(request + " -");
            }
        }
        return said;
    }

    private static TreeSet<String> ours(Path file) throws IOException {
        Shard shard = new Shard(0, 1, ShardSettings.USUAL);
        List<Event> events = new ArrayList<>();
        long ordinal = 1;
        try (PacketSource source = Captures.open(List.of(file.toString()), InputStream.nullInputStream())) {
            PacketBatch batch = new PacketBatch(1 << 20);
            boolean more = true;
            while (more) {
                batch.clear(ordinal);
                more = source.read(batch);
                events.addAll(shard.process(batch));
                ordinal += batch.count();
            }
        }
        events.addAll(shard.finish(ordinal));
        TreeSet<String> told = new TreeSet<>();
        for (Event event : events) {
            if (event.kind() == SipEvents.SIP) {
                String code = event.text(SipEvents.CODE);
                told.add(event.text(SipEvents.CALL_ID) + " " + event.get(SipEvents.SEQUENCE) + " "
                        + event.text(SipEvents.SEQUENCE_METHOD) + " " + (code == null ? "-" : code));
                addEndpoints(told, event);
            }
        }
        return told;
    }

    private static void addEndpoints(TreeSet<String> told, Event event) {
        if (event.get(SipEvents.ENDPOINTS) instanceof List<?> rows) {
            for (Object row : rows) {
                Map<?, ?> endpoint = (Map<?, ?>) row;
                told.add(endpoint.get("ip") + " " + endpoint.get("port"));
            }
        }
    }
}
