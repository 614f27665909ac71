package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a team decides over rules, from its own files: the shipped ones stay as they are, and nothing is lost in silence. */
class RuleTuningTest {
    private static final int PCAP_HEADER = 24;
    private static final Path BOUNCE = Run.SAMPLES.resolve("ftp/bounce/input.pcap");
    private static final String SUPPRESSION = "rules:\n  suppress:\n"
            + "    - {rules: ftp-bounce, source: 192.168.1.5, owner: ann, reason: her scanner, expires: WHEN}\n";

    @TempDir
    private Path folder;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static Run replay(Path capture, Object... options) {
        List<Object> words = new ArrayList<>(List.of("replay", capture));
        words.addAll(List.of(options));
        return Run.of(words.toArray());
    }

    private static List<String> alerts(Run run) {
        return run.events("alert").stream()
                .map(alert -> alert.at("/sandbar/rule").asText())
                .toList();
    }

    /** Of the control channel. */
    private static JsonNode verdict(Run run) {
        return run.events("flow").stream()
                .filter(flow -> flow.get("dest_port").asInt() == 21)
                .findFirst()
                .orElseThrow()
                .at("/sandbar/verdict");
    }

    @Test
    void aSuppressedAlertIsCountedAndNoAlert() throws IOException {
        int before = alerts(replay(BOUNCE)).size();
        Run run = replay(BOUNCE, "-c", write("c.yaml", SUPPRESSION.replace("WHEN", "2999-12-31")));
        assertEquals(ExitCode.DONE, run.code(), run.messages());
        assertTrue(!alerts(run).contains("ftp-bounce"));
        assertTrue(!verdict(run).toString().contains("ftp-bounce"), verdict(run).toString());
        JsonNode stats = run.events("stats").get(0);
        int suppressed = stats.at("/sandbar/stats/suppressed/ftp-bounce").asInt();
        assertEquals(before, alerts(run).size() + suppressed);
        assertEquals(suppressed, stats.at("/stats/detect/alerts_suppressed").asInt());
        assertTrue(run.messages().contains("\nalerts suppressed: " + suppressed + " ftp-bounce\n"), run.messages());
    }

    @Test
    void anExpiredSuppressionWarns() throws IOException {
        Path file = write("c.yaml", SUPPRESSION.replace("WHEN", "2026-01-31"));
        Run run = replay(BOUNCE, "-c", file);
        assertEquals(ExitCode.DONE, run.code());
        assertTrue(
                run.messages()
                        .startsWith("sandbar: " + file + ":3: warning: the suppression of ftp-bounce by ann expired"
                                + " 2026-01-31 and no longer applies; renew it or take it out\n"),
                run.messages());
        assertTrue(alerts(run).contains("ftp-bounce"));
    }

    /** It is said in the run in which it happens, and from then on the rule fires. */
    @Test
    void aSuppressionThatExpiresMeanwhileWarnsThen() throws IOException {
        Instant expires = Instant.now().plusSeconds(5).truncatedTo(ChronoUnit.SECONDS);
        Path file = write("c.yaml", SUPPRESSION.replace("WHEN", expires.toString()));
        byte[] capture = Files.readAllBytes(BOUNCE);
        ByteArrayOutputStream packets = new ByteArrayOutputStream();
        while (packets.size() < 1 << 19) {
            packets.write(capture, PCAP_HEADER, capture.length - PCAP_HEADER);
        }
        InputStream later = new ByteArrayInputStream(packets.toByteArray()) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                while (!Instant.now().isAfter(expires.plusSeconds(1))) {
                    LockSupport.parkNanos(10_000_000);
                }
                return super.read(bytes, offset, length);
            }
        };
        InputStream before = new SequenceInputStream(
                new ByteArrayInputStream(capture, 0, PCAP_HEADER), new ByteArrayInputStream(packets.toByteArray()));
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        Run run = Run.into(
                data,
                new SequenceInputStream(before, later),
                "replay",
                "-c",
                file,
                "--set",
                "limits.batch-bytes=131072",
                "-");
        assertEquals(ExitCode.DONE, run.code(), run.messages());
        assertTrue(
                run.messages()
                        .startsWith("sandbar: " + file + ":3: warning: the suppression of ftp-bounce by ann expired "
                                + expires + " and no longer applies; renew it or take it out\n"),
                run.messages());
        assertEquals(2, run.messages().split("expired").length);
        assertTrue(run.messages().contains(" ftp-bounce\n"));
        assertTrue(run.messages().matches("(?s).*alerts suppressed: [1-9][0-9,]* ftp-bounce\n.*"), run.messages());
        assertTrue(data.toString().contains("\"rule\":\"ftp-bounce\""));
    }

    @Test
    void laterFilesOfAFolderWin() throws IOException {
        write("10-first.yaml", "rules: {override: [{rules: any, enabled: false}]}\nvariables: {LAB: 192.0.2.1}\n");
        write("20-second.yml", "rules: {override: [{rules: ftp-bounce, enabled: true, action: reject}]}\n");
        write("9-last.yaml", "rules: {override: [{rules: [4502001], level: low}]}\n");
        write("not-read.txt", "nonsense: true\n");
        Run run = replay(BOUNCE, "-c", folder, "--fail-on", "medium");
        assertEquals(ExitCode.DONE, run.code(), run.messages());
        assertEquals(List.of("ftp-bounce"), alerts(run).stream().distinct().toList());
        JsonNode alert = run.events("alert").get(0).get("alert");
        assertEquals("allowed", alert.get("action").asText());
        assertEquals(3, alert.get("severity").asInt());
        assertEquals("drop", verdict(run).get("action").asText());
    }

    @Test
    void variablesOfFilesAndOfTheCommandLine() throws IOException {
        Path rule = write(
                "rule.yaml",
                "title: T\nname: from-home\nid: 0f0e0d0c-0b0a-4908-8706-050403020100\nlevel: low\n"
                        + "sandbar: {sid: 1}\nlogsource: {product: sandbar, service: ftp}\n"
                        + "detection: {s: {src_ip|cidr|expand: '%HOME_NET%', dest_port|expand: '%FTP_PORTS%'},"
                        + " condition: s}\n");
        Path ports = write("c.yaml", "variables:\n  FTP_PORTS: [20-22, 2121]\n");
        assertTrue(!alerts(replay(BOUNCE, "-S", rule, "-c", ports)).isEmpty());
        assertTrue(alerts(replay(BOUNCE, "-S", rule, "--set", "variables.FTP_PORTS=20, 22-30"))
                .isEmpty());
        assertTrue(alerts(replay(BOUNCE, "-S", rule, "-c", ports, "--home-net", "10.0.0.0/8,172.16.0.0/12"))
                .isEmpty());
        assertTrue(!alerts(replay(BOUNCE, "-S", rule, "-c", ports, "--home-net", "192.168.1.5"))
                .isEmpty());
        Run none = replay(BOUNCE, "-S", rule);
        assertEquals(ExitCode.FAILED, none.code());
        assertTrue(
                none.messages()
                        .contains(
                                rule
                                        + ":7:70: error: unknown variable 'FTP_PORTS'; set variables.FTP_PORTS in a configuration\n"),
                none.messages());
    }

    @Test
    void faultsOfTheConfigurationAreToldWhereTheyAre() throws IOException {
        Path file =
                write("c.yaml", "rules:\n  suppress:\n    - {rules: ftp-bonce, owner: a, reason: b, expires: never}\n");
        Run run = replay(BOUNCE, "-c", file);
        assertEquals(ExitCode.FAILED, run.code());
        assertEquals(
                "sandbar: " + file
                        + ":3:15: error: no rule is called 'ftp-bonce', nor has it for sid or tag: did you mean"
                        + " 'ftp-bounce'?",
                run.messages().lines().findFirst().orElseThrow());
        Run wrong = replay(BOUNCE, "--home-net", "10.0/8");
        assertEquals(ExitCode.USAGE, wrong.code());
        assertTrue(
                wrong.messages().startsWith("sandbar: --home-net 10.0/8: variables.HOME_NET must be"),
                wrong.messages());
        Path two = write("d.yaml", "variables: {A B: x}\nruels: {}\n");
        assertEquals(
                2,
                replay(BOUNCE, "-c", two)
                        .messages()
                        .lines()
                        .filter(line -> line.contains(": error: "))
                        .count());
    }
}
