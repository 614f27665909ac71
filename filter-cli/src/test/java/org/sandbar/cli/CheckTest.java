package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code rules check} on a folder of broken rules, one fault each; the first line of each file says which, and where. That is the
 * whole answer: nothing is missed and nothing invented.
 */
class CheckTest {
    private static final Path BROKEN = Run.ROOT.resolve("filter-cli/src/test/resources/broken-rules");
    private static final String SOUND = """
            title: FTP of the lab
            id: 0f0e0d0c-0b0a-4908-8706-050403020100
            name: ftp-of-the-lab
            level: low
            logsource: {product: sandbar, service: ftp}
            detection:
              lab: {src_ip|cidr: 192.0.2.0/24}
              condition: lab
            sandbar: {sid: 1}
            """;

    @TempDir
    Path folder;

    /** By file, what its first line says; {@code empty.yaml} has none. */
    private static Map<String, String> expected() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        try (Stream<Path> files = Files.list(BROKEN)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                String head = text.isEmpty()
                        ? "1:1 error: the file is empty"
                        : text.lines().findFirst().get().substring(2);
                expected.put(file.getFileName().toString(), head);
            }
        }
        return expected;
    }

    @Test
    void everyFaultAtItsPlaceAndNoOther() throws IOException {
        Map<String, String> expected = expected();
        assertTrue(expected.size() >= 40);
        Map<String, List<String>> told = new TreeMap<>();
        Run run = Run.of("rules", "check", "--format", "json", BROKEN);
        assertEquals(ExitCode.FAILED, run.code(), run.messages());
        for (JsonNode fault : run.events()) {
            String name = Path.of(fault.get("file").asText()).getFileName().toString();
            String head = expected.get(name);
            String all = fault.get("line").asText() + ':' + fault.get("column").asText() + ' '
                    + fault.get("severity").asText() + ": "
                    + fault.get("message").asText();
            told.computeIfAbsent(name, none -> new ArrayList<>())
                    .add(head != null && all.startsWith(head) ? head : all);
        }
        Map<String, List<String>> wanted = new TreeMap<>();
        expected.forEach((name, head) -> wanted.put(name, List.of(head)));
        assertEquals(
                String.join("\n", wanted.toString().split("], ")),
                String.join("\n", told.toString().split("], ")));
    }

    @Test
    void theShippedRulesAreSound() {
        Run run = Run.of("rules", "check");
        assertEquals("", run.text());
        assertEquals(ExitCode.DONE, run.code());
        assertTrue(run.messages().matches("\\d+ rules: 0 errors, 0 warnings\n"), run.messages());
    }

    @Test
    void showsTheLineAndThePlaceInIt() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), SOUND.replace("src_ip|cidr", "scr_ip|cidr"));
        Run run = Run.of("rules", "check", file);
        assertEquals(ExitCode.FAILED, run.code());
        assertEquals(
                file + ":7:9: error: unknown field 'scr_ip' of 'ftp' events: did you mean 'src_ip'?\n"
                        + "      lab: {scr_ip|cidr: 192.0.2.0/24}\n"
                        + "            ^\n",
                run.text());
    }

    @Test
    void warningsDoNotFail() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), SOUND + "tags: [attack.t1002]\n");
        Run run = Run.of("rules", "check", file);
        assertEquals(ExitCode.DONE, run.code(), run.text());
        assertTrue(run.text().startsWith(file + ":10:8: warning: 'attack.t1002' is revoked"), run.text());
    }

    @Test
    void aFileThatIsNamedTwiceIsReadOnce() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), SOUND);
        Run run = Run.of("rules", "check", "-s", folder, folder.resolve("../" + folder.getFileName()), file);
        assertEquals("", run.text());
        Path shipped = Run.ROOT.resolve("rules/ftp-bounce.yaml");
        assertEquals("", Run.of("rules", "check", shipped).text());
    }

    @Test
    void whatIsNotThere() throws IOException {
        Path missing = folder.resolve("missing.yaml");
        assertEquals(
                missing + ":1:1: error: no such file\n",
                Run.of("rules", "check", missing).text());
        assertEquals(
                folder + ":1:1: warning: no rule in this folder\n",
                Run.of("rules", "check", folder).text());
        Path secret = Files.writeString(folder.resolve("secret.yaml"), SOUND);
        assertTrue(secret.toFile().setReadable(false));
        assumeFalse(Files.isReadable(secret));
        assertEquals(
                secret + ":1:1: error: cannot be read: permission denied\n",
                Run.of("rules", "check", secret).text());
    }
}
