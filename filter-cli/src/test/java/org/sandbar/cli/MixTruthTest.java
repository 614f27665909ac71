package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Sandbar counts in a generated mix is what the generator put there, exactly. */
class MixTruthTest {
    @TempDir
    static Path folder;

    private final Map<String, Long> counts = new TreeMap<>();

    @ParameterizedTest
    @ValueSource(ints = {7, 4_502})
    void isCounted(int seed) throws IOException, InterruptedException {
        Mix mix = Mix.make(folder, 30_000, seed);
        Run run = Run.of("replay", mix.capture());
        assertFalse(run.isDefective(), run.messages());
        run.events().forEach(this::count);

        Map<String, Long> truth = new TreeMap<>(mix.truth());
        long packets = truth.remove("packets");
        truth.remove("bytes");
        assertEquals(truth.get("ftp_bounce"), alerts("ftp-bounce"));
        assertEquals(truth.get("plugin_ftp_port"), alerts("plugin-foreign-protocol"));
        counts.keySet().removeIf(name -> name.startsWith("alert "));
        assertEquals(truth, counts);
        assertEquals(
                Summary.count(packets),
                run.messages().substring(0, run.messages().indexOf(' ')));
    }

    private Long alerts(String rule) {
        return counts.get("alert " + rule);
    }

    private void count(JsonNode event) {
        switch (event.get("event_type").asText()) {
            case "http" -> {
                add(event.get("http").has("http_method"), "http_requests");
                add(event.get("http").has("status"), "http_responses");
            }
            case "ftp" -> countFtp(event);
            case "flow" -> add(true, "flows_" + kind(event));
            case "alert" ->
                add(true, "alert " + event.get("sandbar").get("rule").asText());
            default -> {}
        }
    }

    private void countFtp(JsonNode event) {
        String command = event.get("ftp").path("command").asText();
        if (event.get("dest_port").asInt() != 21) {
            add(!command.isEmpty(), "plugin_ftp_port");
            return;
        }
        add(!command.isEmpty(), "ftp_commands");
        switch (command) {
            case "EPRT", "EPSV", "PASV" -> add(true, "ftp_" + command.toLowerCase(java.util.Locale.ROOT));
            case "PORT" -> {
                boolean bounce = event.at("/sandbar/ftp/third_party").asBoolean();
                add(true, bounce ? "ftp_bounce" : "ftp_port");
            }
            default -> {}
        }
    }

    private static String kind(JsonNode flow) {
        String protocol = flow.path("app_proto").asText();
        int port = flow.get("dest_port").asInt();
        return switch (protocol) {
            case "http", "dns", "tls" -> protocol;
            case "ftp-data" -> "ftp_data";
            case "policyfile" -> "policy";
            case "ftp" -> port == 21 ? "ftp" : "plugin";
            default -> port >= 4_502 && port <= 4_534 ? "plugin" : "other";
        };
    }

    private void add(boolean isOne, String name) {
        if (isOne) {
            counts.merge(name, 1L, Long::sum);
        }
    }
}
