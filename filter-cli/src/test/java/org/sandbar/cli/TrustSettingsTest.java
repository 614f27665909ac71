package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user can change of how trust is decided, and that an event alone says why. */
class TrustSettingsTest {
    private static final Path FTP = Run.SAMPLES.resolve("ftp/passive-curl/input.pcap");
    private static final Path PLUGIN = Run.SAMPLES.resolve("plugin/silverlight/input.pcap");

    @TempDir
    private Path folder;

    /** Of the flow to that port. */
    private static JsonNode trust(Path capture, int port, String... settings) {
        List<Object> words = new ArrayList<>(List.of("replay", "-q", capture));
        for (String setting : settings) {
            words.addAll(List.of("--set", setting));
        }
        return trust(Run.of(words.toArray()), port);
    }

    private static JsonNode trust(Run run, int port) {
        return run.events("flow").stream()
                .filter(flow -> flow.path("dest_port").asInt() == port)
                .findFirst()
                .orElseThrow(() -> new AssertionError(run.messages()))
                .at("/sandbar/trust");
    }

    private static double sum(JsonNode trust) {
        double sum = 0;
        for (JsonNode row : trust.get("evidence")) {
            sum += row.get("weight").asDouble();
        }
        return sum;
    }

    @Test
    void weightsAndThresholds() {
        assertEquals("trusted", trust(FTP, 21).get("class").asText());
        JsonNode light = trust(FTP, 21, "weights.ftp-login=-0.5", "weights.ftp-client-commands=0");
        assertEquals("unknown", light.get("class").asText());
        assertEquals(light.get("score").asDouble(), sum(light), 1e-9);
        assertEquals(
                "unknown", trust(FTP, 21, "thresholds.trusted=-50").get("class").asText());
        assertEquals(
                "unknown",
                trust(PLUGIN, 4502, "thresholds.sandboxed=50").get("class").asText());
    }

    @Test
    void trustedServersAndClients() {
        JsonNode server = trust(FTP, 21, "trusted.servers=192.0.2.1,198.51.100.0/24");
        assertTrue(server.toString().contains("\"signal\":\"trusted-server\",\"weight\":-4.0"), server.toString());
        assertEquals(server.get("score").asDouble(), sum(server), 1e-9);
        JsonNode client = trust(FTP, 21, "trusted.clients=192.168.1.5");
        assertTrue(client.toString().contains("\"signal\":\"trusted-client\""), client.toString());
        assertTrue(!trust(FTP, 21, "trusted.clients=192.168.1.6").toString().contains("trusted-client"));
        // A plugin that asked for its policy is one wherever it goes.
        assertEquals(
                "sandboxed",
                trust(PLUGIN, 4502, "trusted.servers=0.0.0.0/0").get("class").asText());
    }

    @Test
    void fromAFileAndTheCommandLineWins() throws IOException {
        Path file = folder.resolve("sandbar.yaml");
        Files.writeString(
                file,
                "weights: {ftp-login: -0.5, ftp-client-commands: 0}\nthresholds:\n  trusted: -3\n"
                        + "trusted:\n  servers: [192.0.2.1, '2001:db8::/32']\n");
        Run run = Run.of("replay", "-q", "-c", file, FTP);
        assertEquals("unknown", trust(run, 21).get("class").asText());
        Run over = Run.of("replay", "-q", "-c", file, "--set", "weights.ftp-login=-4", FTP);
        assertEquals("trusted", trust(over, 21).get("class").asText());
        Files.writeString(file, "weights:\n  ftp-logn: 1\n");
        Run wrong = Run.of("replay", "-q", "-c", file, FTP);
        assertEquals(ExitCode.USAGE, wrong.code());
        String message =
                "sandbar: " + file + ":2:3: error: unknown key 'weights.ftp-logn': did you mean 'weights.ftp-login'?\n";
        assertTrue(wrong.messages().startsWith(message), wrong.messages());
    }

    @Test
    void theTableIsExplained() {
        Run run = Run.of("rules", "explain", "trust", "--set", "weights.ftp-login=-7.5");
        assertEquals(ExitCode.DONE, run.code(), run.messages());
        for (String signal : Knowledge.signals()) {
            assertEquals(
                    1,
                    Arrays.stream(run.text().split("\n"))
                            .filter(line -> line.matches(" *[+-][0-9.]+  " + signal + "( .*)?"))
                            .count(),
                    signal);
        }
        assertTrue(run.text().contains(" -7.50  ftp-login (agent: ftp-client)\n"), run.text());
        assertTrue(run.text().contains("ports 4502-4534: silverlight, told as plugin-port\n"));
    }
}
