package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        List<JsonNode> events = run.events();
        events.forEach(this::count);
        trustIsAsItShouldBe(events);

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

    /** Plugins' flows are sandboxed, FTP with a login is trusted, and the evidence says why. */
    private static void trustIsAsItShouldBe(List<JsonNode> events) {
        Set<Long> loggedIn = new HashSet<>();
        for (JsonNode event : events) {
            if (event.at("/sandbar/ftp/logged_in").asBoolean()) {
                loggedIn.add(event.get("flow_id").asLong());
            }
        }
        assertFalse(loggedIn.isEmpty());
        for (JsonNode event : events) {
            if (!event.get("event_type").asText().equals("flow")) {
                continue;
            }
            JsonNode trust = event.at("/sandbar/trust");
            if (kind(event).equals("plugin") || kind(event).equals("policy")) {
                assertEquals("sandboxed", trust.get("class").asText(), event.toString());
                assertTrue(trust.get("evidence").toString().contains("-port\""), event.toString());
            } else if (loggedIn.contains(event.get("flow_id").asLong())) {
                assertEquals("trusted", trust.get("class").asText(), event.toString());
                assertTrue(trust.get("evidence").toString().contains("\"ftp-login\""), event.toString());
            }
        }
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
