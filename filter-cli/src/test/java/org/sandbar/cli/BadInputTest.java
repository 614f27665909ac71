package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong with what a user gives, he is told in one line, with the remedy, and the exit code says of what kind it is. */
class BadInputTest {
    private static final Path CAPTURE = Run.SAMPLES.resolve("ftp/bounce/input.pcap");

    @TempDir
    Path folder;

    private byte[] whole;

    @BeforeEach
    void expectation() throws IOException {
        whole = Files.readAllBytes(Run.SAMPLES.resolve("ftp/bounce/expect.ndjson"));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** Refused before anything was written. */
    private static void isRefused(int code, String message, Object... arguments) {
        Run run = Run.of(arguments);
        assertEquals("sandbar: " + message + "\n", run.messages());
        assertEquals(code, run.code());
        assertEquals("", run.text());
    }

    @Test
    void missingFile() {
        Path missing = folder.resolve("missing.pcap");
        isRefused(ExitCode.INPUT, missing + ": no such file or folder", "replay", CAPTURE, missing);
    }

    @Test
    void folderWithoutACapture() throws IOException {
        file("notes", "hello\n");
        isRefused(
                ExitCode.INPUT,
                folder + ": no capture in this folder, among 1 files; pcap and pcapng are read, also as .gz and .zst",
                "replay",
                folder);
    }

    @Test
    void textIsNoCapture() throws IOException {
        Path notes = file("notes.pcap", "hello\n");
        isRefused(
                ExitCode.INPUT,
                notes + ": not a capture, it looks like text; if it is a hex dump, convert it with: text2pcap FILE"
                        + " FILE.pcapng",
                "replay",
                notes);
    }

    @Test
    void emptyInput() {
        isRefused(
                ExitCode.INPUT,
                "standard input: not a capture, it looks like an empty file; pcap and pcapng are read, also as .gz"
                        + " and .zst",
                "replay",
                "-");
    }

    @Test
    void unreadableFile() throws IOException {
        Path secret = Files.copy(CAPTURE, folder.resolve("secret.pcap"));
        assertTrue(secret.toFile().setReadable(false));
        assumeFalse(Files.isReadable(secret));
        Run run = Run.of("replay", secret);
        assertEquals(ExitCode.INPUT, run.code());
        assertTrue(run.messages().startsWith("sandbar: " + secret + ": "), run.messages());
        assertEquals(1, run.messages().lines().count());
    }

    /** What stands before the cut is read and written; each byte at which it may be cut gives a clear answer. */
    @Test
    void captureCutInMidRecord() throws IOException {
        byte[] bytes = Files.readAllBytes(CAPTURE);
        Run run = Run.with(Arrays.copyOf(bytes, 2_000), "replay", "-q", "-");
        assertEquals(
                "sandbar: standard input: cut short at byte 1899: the packet data needs 136 bytes, 101 are there; the 20"
                        + " packets before it were read\n",
                run.messages());
        assertEquals(ExitCode.INPUT, run.code());
        Run before = Run.with(Arrays.copyOf(bytes, 1_883), "replay", "-q", "-");
        assertEquals("", before.messages());
        assertArrayEquals(before.data(), run.data());
        assertEquals(4, run.events("alert").size());
    }

    @Test
    void whatIsUnreadableCostsNothingElse() throws IOException {
        byte[] bytes = Files.readAllBytes(CAPTURE);
        Files.write(folder.resolve("a-cut.pcap"), Arrays.copyOf(bytes, 30));
        Files.write(folder.resolve("b-whole.pcap"), bytes);
        Run run = Run.of("replay", "-q", folder);
        assertEquals(ExitCode.INPUT, run.code());
        assertEquals(1, run.messages().lines().count(), run.messages());
        assertTrue(run.messages().startsWith("sandbar: " + folder.resolve("a-cut.pcap") + ": "), run.messages());
        assertArrayEquals(whole, run.data());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "-o evee:-|-o evee:-: unknown format 'evee': did you mean 'eve'?; write -o FORMAT:DEST, as in -o"
                        + " eve:alerts.json",
                "-o eve:|-o eve:: name a file, - for standard output, or one of tcp://, tls://, udp://, syslog+tcp://, syslog+tls://,"
                        + " syslog+udp://, kafka://",
                "-o eve:tcp://h|-o eve:tcp://h: write tcp://HOST:PORT, as in tcp://siem.example.org:5140",
                "-o eve:-?events=alrt|-o eve:-?events=alrt: no kind of event is called 'alrt': did you mean 'alert'?",
                "--shard 2|unknown option '--shard': did you mean '--shards'?; see sandbar replay --help",
                "--set limits.flow=1|--set limits.flow=1: unknown key 'limits.flow': did you mean 'limits.flows'?",
                "--set limits.flows=abc|--set limits.flows=abc: limits.flows must be a whole number, not 'abc'",
                "--set limits.flows=1|--set limits.flows=1: limits.flows must be from 16 to 67108864, not 1",
                "--set fxp.x=198.51.100.21,here|--set fxp.x=198.51.100.21,here: fxp.x must be addresses or networks with"
                        + " commas between them, such as 192.0.2.1,198.51.100.0/24; 'here' is none",
                "--set ranges.x=9-4|--set ranges.x=9-4: ranges.x must be ports as FIRST-LAST from 0 to 65535, or"
                        + " 'none', not '9-4'",
                "--set weights.plugin-prot=1|--set weights.plugin-prot=1: unknown key 'weights.plugin-prot': did you mean"
                        + " 'weights.plugin-port'?",
                "--set weights.plugin-port=much|--set weights.plugin-port=much: weights.plugin-port must be a number from"
                        + " -100 to 100, not 'much'",
                "--set thresholds.trusted=5|thresholds.sandboxed must be above thresholds.trusted",
                "--set trusted.server=::1|--set trusted.server=::1: unknown key 'trusted.server': did you mean"
                        + " 'trusted.servers'?",
                "--events htp|--events: no kind of event is called 'htp': did you mean 'http'?",
                "--shards -1|--shards must be from 1 to 256, or 0 for as many as suit the processors",
                "--shards x|invalid value for option '--shards': 'x' is not an int; see sandbar replay --help",
                "--fail-on hihg|invalid value for option '--fail-on': no level is called 'hihg': did you mean 'high'?;"
                        + " see sandbar replay --help",
                "--set limits|value for option '--set' (KEY=VALUE) should be in KEY=VALUE format but was limits; see"
                        + " sandbar replay --help"
            })
    void wrongOption(String options, String message) {
        String[] words = options.split(" ");
        isRefused(ExitCode.USAGE, message, "replay", CAPTURE, words[0], words[1]);
    }

    @Test
    void unknownOption() {
        Run run = Run.of("replay", CAPTURE, "--frobnicate");
        assertEquals(ExitCode.USAGE, run.code());
        assertTrue(run.messages().matches("sandbar: unknown option '--frobnicate'.*; see sandbar replay --help\n"));
    }

    @Test
    void unknownCommand() {
        isRefused(ExitCode.USAGE, "unknown command 'repaly': did you mean 'replay'?; see sandbar --help", "repaly");
        isRefused(
                ExitCode.USAGE, "which command? replay, watch, guard, interfaces, rules or schema; see sandbar --help");
        isRefused(
                ExitCode.USAGE,
                "which command of rules? check, list, explain, test or fields; see sandbar rules --help",
                "rules");
        isRefused(ExitCode.USAGE, "no rule is called 'trsut': did you mean 'trust'?", "rules", "explain", "trsut");
        isRefused(ExitCode.USAGE, "missing required parameter: 'PCAP'; see sandbar replay --help", "replay");
    }

    @Test
    void unwritableOutput() {
        Path nowhere = folder.resolve("none/x.json");
        isRefused(
                ExitCode.FAILED,
                "cannot write " + nowhere + " (No such file or directory); make the folder " + nowhere.getParent()
                        + " first",
                "replay",
                CAPTURE,
                "-o",
                "eve:" + nowhere);
    }

    @Test
    void fullDisk() {
        Path full = Path.of("/dev/full");
        assumeFalse(Files.notExists(full));
        isRefused(
                ExitCode.FAILED,
                "/dev/full: cannot be written: No space left on device",
                "replay",
                CAPTURE,
                "-o",
                "eve:/dev/full");
    }

    @Test
    void configurationWithAnUnknownKey() throws IOException {
        Path config = file("sandbar.yaml", "limits:\n  flows: 1000\n  flowz: 7\n");
        isRefused(
                ExitCode.USAGE,
                config + ":3:3: error: unknown key 'limits.flowz': did you mean 'limits.flows'?\n"
                        + "      flowz: 7\n"
                        + "      ^",
                "replay",
                CAPTURE,
                "-c",
                config);
    }

    @Test
    void configurationIsRead() throws IOException {
        Path config = file("sandbar.yaml", "limits:\n  flows: 16\nranges:\n  lab: 21-21\n");
        Run run = Run.of("replay", "-q", CAPTURE, "-c", config);
        assertEquals("", run.messages());
        assertTrue(run.text().contains("\"range\":\"lab\""));
    }

    @Test
    void serversThatTransferAmongEachOther() throws IOException {
        Path capture = Run.SAMPLES.resolve("ftp/fxp");
        Path config = file("fxp.yaml", "fxp:\n  mirrors: [198.51.100.21, 203.0.113.0/24]\n");
        assertEquals(1, Run.of("replay", "-q", capture).events("alert").size());
        assertEquals(List.of(), Run.of("replay", "-q", capture, "-c", config).events("alert"));
        Run run = Run.of("replay", "-q", capture, "--set", "fxp.mirrors=198.51.100.21,203.0.113.9");
        assertEquals(List.of(), run.events("alert"));
        assertEquals(
                1,
                Run.of("replay", "-q", capture, "--set", "fxp.mirrors=198.51.100.21")
                        .events("alert")
                        .size());
    }

    @Test
    void ruleWithATypo() throws IOException {
        String rule = Files.readString(Run.ROOT.resolve("rules/ftp-bounce.yaml"));
        Path typo = file("typo.yaml", rule.replace("ftp.third_party", "ftp.third_parti"));
        isRefused(
                ExitCode.FAILED,
                typo + ":26:5: error: unknown field 'ftp.third_parti' of 'ftp' events: did you mean"
                        + " 'ftp.third_party'?\n"
                        + "        ftp.third_parti: true\n"
                        + "        ^",
                "replay",
                CAPTURE,
                "-S",
                typo);
    }

    /** As under {@code | head}: whoever read has seen enough. */
    @ParameterizedTest
    @CsvSource({"0", "1", "100000"})
    void closedOutputEndsQuietly(int bytes) {
        OutputStream closing = new OutputStream() {
            private int left = bytes;

            @Override
            public void write(int letter) throws IOException {
                if (left-- == 0) {
                    throw new IOException("Broken pipe");
                }
            }
        };
        Run run = Run.into(closing, InputStream.nullInputStream(), "replay", "-q", Run.SAMPLES);
        assertEquals("", run.messages());
        assertEquals(ExitCode.DONE, run.code());
    }

    @Test
    void whatAnotherOutputWasToldIsWrittenWhenStandardOutputCloses() throws IOException {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int letter) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        Path file = folder.resolve("events.json");
        Run run = Run.into(
                closed, InputStream.nullInputStream(), "replay", "-q", CAPTURE, "-o", "eve:-", "-o", "eve:" + file);
        assertEquals(ExitCode.DONE, run.code());
        assertArrayEquals(Run.of("replay", "-q", CAPTURE).data(), Files.readAllBytes(file));
    }

    @Test
    void failOnALevel() {
        assertEquals(
                ExitCode.ALERTED, Run.of("replay", CAPTURE, "--fail-on", "high").code());
        assertEquals(
                ExitCode.ALERTED, Run.of("replay", CAPTURE, "--fail-on", "low").code());
        assertEquals(
                ExitCode.DONE,
                Run.of("replay", CAPTURE, "--fail-on", "critical").code());
        Path silent = Run.SAMPLES.resolve("http/nginx-curl");
        assertEquals(ExitCode.DONE, Run.of("replay", silent, "--fail-on", "low").code());
    }

    @Test
    void eventsAreChosen() {
        Run run = Run.of("replay", "-q", CAPTURE, "--events", "alert,ftp_data", "--shards", 0);
        assertEquals(
                List.of("alert", "alert", "alert", "alert", "ftp_data"),
                run.events().stream()
                        .map(event -> event.get("event_type").asText())
                        .toList());
        assertFalse(run.isDefective());
    }
}
