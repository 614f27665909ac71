package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGHUP in the middle of a long replay from a pipe: every event is judged, by the rules before or by those after. */
@Timeout(120)
class ReloadTest {
    private static final Path SAMPLE = Run.SAMPLES.resolve("ftp/bounce/input.pcap");
    private static final int PCAP_HEADER = 24;
    /** Several batches, of the size that the test asks for. */
    private static final int TIMES = 100;

    @TempDir
    private Path folder;

    private Path messages;

    private static String rule(String name) {
        return "title: T\nname: " + name + "\nid: 0f0e0d0c-0b0a-4908-8706-050403020100\nlevel: low\nsandbar: {sid: 1}\n"
                + "logsource: {product: sandbar, service: ftp}\n"
                + "detection: {s: {ftp.command: PORT}, condition: s}\n";
    }

    @Test
    void nothingIsMissed() throws IOException, InterruptedException {
        messages = folder.resolve("messages");
        Path rules = Files.writeString(folder.resolve("rule.yaml"), rule("before"));
        Path data = folder.resolve("data");
        Path moved = folder.resolve("data.1");
        byte[] capture = Files.readAllBytes(SAMPLE);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dsandbar.home=" + Run.ROOT,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Sandbar.class.getName(),
                        "replay",
                        "-S" + rules,
                        "-oeve:" + data,
                        "--set=limits.batch-bytes=131072",
                        "-")
                .redirectError(messages.toFile())
                .start();
        try (OutputStream pipe = process.getOutputStream()) {
            pipe.write(capture, 0, PCAP_HEADER);
            repeat(capture, pipe);
            await(() -> data.toFile().length() > 0);

            Files.writeString(rules, rule("broken").replace("ftp.command", "ftp.comand"));
            hangUp(process, "rules not reloaded");
            repeat(capture, pipe);

            Files.move(data, moved);
            Files.writeString(rules, rule("after"));
            hangUp(process, "rules reloaded");
            repeat(capture, pipe);
        }
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(ExitCode.DONE, process.exitValue(), Files.readString(messages));
        List<String> lines = new ArrayList<>(Files.readAllLines(moved));
        lines.addAll(Files.readAllLines(data));
        check(lines, capture);
        List<String> said = Files.readAllLines(messages);
        assertEquals(
                "sandbar: rules not reloaded, those before stay in force: " + rules + ":7:17: error: unknown field"
                        + " 'ftp.comand' of 'ftp' events: did you mean 'ftp.command'?",
                said.get(0));
        assertEquals("sandbar: rules reloaded: 1 before, 1 now", said.get(1));
    }

    private static void check(List<String> lines, byte[] capture) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(capture, 0, PCAP_HEADER);
        for (int i = 0; i < 3; i++) {
            repeat(capture, whole);
        }
        List<String> expected = new ArrayList<>();
        Run undisturbed = Run.with(whole.toByteArray(), "replay", "-");
        for (JsonNode event : undisturbed.events()) {
            if (!isAlert(event)) {
                expected.add(place(event));
            }
        }
        List<String> told = new ArrayList<>();
        List<String> alerts = new ArrayList<>();
        for (String line : lines) {
            JsonNode event = Run.event(line);
            if (isAlert(event)) {
                alerts.add(event.at("/sandbar/rule").asText());
            } else {
                told.add(place(event));
            }
        }
        assertEquals(expected, told);
        long matches = undisturbed.events("ftp").stream()
                .filter(event -> event.at("/ftp/command").asText().equals("PORT"))
                .count();
        assertEquals(matches, alerts.size());
        int before = alerts.lastIndexOf("before") + 1;
        assertEquals(before, alerts.indexOf("after"));
        // What was written before the first signal and had been read, and all that was written after the last.
        assertTrue(before > 0 && alerts.size() - before >= matches / 3, alerts.toString());
    }

    private static boolean isAlert(JsonNode event) {
        return event.get("event_type").asText().equals("alert");
    }

    private static String place(JsonNode event) {
        return event.get("event_type") + " " + event.get("pcap_cnt") + " " + event.get("flow_id");
    }

    private static void repeat(byte[] capture, OutputStream to) throws IOException {
        for (int i = 0; i < TIMES; i++) {
            to.write(capture, PCAP_HEADER, capture.length - PCAP_HEADER);
        }
        to.flush();
    }

    private void hangUp(Process process, String answer) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -HUP " + process.pid()).start().waitFor();
        await(() -> {
            try {
                return Files.readString(messages).contains(answer);
            } catch (IOException unreadable) {
                return false;
            }
        });
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int tries = 0; tries < 600 && !condition.getAsBoolean(); tries++) {
            Thread.sleep(50);
        }
        assertTrue(condition.getAsBoolean());
    }
}
