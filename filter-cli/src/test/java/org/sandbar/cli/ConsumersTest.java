package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the SIEMs' own rules and pipelines for Suricata ask of a line, as they are published, holds for Sandbar's EVE. */
class ConsumersTest {
    private static final Run SAMPLES = Run.of("replay", Run.SAMPLES);

    /** Wazuh 4.14, 0006-json_decoders.xml: the JSON decoder takes what begins so. */
    private static final Pattern WAZUH_PREMATCH = Pattern.compile("^\\{\\s*\"");

    private static final DateTimeFormatter ELASTIC_ISO8601 =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxx");

    private static List<JsonNode> alerts() {
        return SAMPLES.events("alert");
    }

    @Test
    void wazuhDecodesEveryLine() {
        for (String line : SAMPLES.lines()) {
            assertTrue(WAZUH_PREMATCH.matcher(line).find(), line);
        }
    }

    /** 0475-suricata_rules.xml, rule 86600: the fields timestamp and event_type exist. */
    @Test
    void wazuhKnowsEveryLineForSuricatas() {
        for (JsonNode event : SAMPLES.events()) {
            assertFalse(event.path("timestamp").asText().isEmpty(), event.toString());
            assertFalse(event.path("event_type").asText().isEmpty(), event.toString());
        }
    }

    /** Rule 86601: {@code event_type} is alert, and its text is alert.signature; all others are silent. */
    @Test
    void wazuhRaisesEachAlertAndNothingElse() {
        Pattern rule = Pattern.compile("^alert$");
        for (JsonNode event : SAMPLES.events()) {
            boolean fires = rule.matcher(event.path("event_type").asText()).find();
            assertEquals(event.has("alert"), fires, event.toString());
            assertEquals(fires, !event.at("/alert/signature").asText().isEmpty(), event.toString());
        }
        assertFalse(alerts().isEmpty());
    }

    @Test
    void elasticParsesTheTime() {
        for (JsonNode event : SAMPLES.events()) {
            OffsetDateTime.parse(event.path("timestamp").asText(), ELASTIC_ISO8601);
        }
    }

    /** rule.id, rule.name, rule.category and message, event.severity, event.type by alert.action. */
    @Test
    void elasticFindsTheRule() {
        for (JsonNode alert : alerts()) {
            assertTrue(alert.at("/alert/signature_id").isIntegralNumber(), alert.toString());
            assertTrue(alert.at("/alert/severity").isIntegralNumber(), alert.toString());
            assertFalse(alert.at("/alert/signature").asText().isEmpty(), alert.toString());
            assertFalse(alert.at("/alert/category").asText().isEmpty(), alert.toString());
            assertTrue(
                    Set.of("allowed", "blocked")
                            .contains(alert.at("/alert/action").asText()),
                    alert.toString());
        }
    }

    /** ATT&CK is taken from these members of alert.metadata alone. */
    @Test
    void elasticFindsTheTechniques() {
        Set<String> techniques = new TreeSet<>();
        for (JsonNode alert : alerts()) {
            JsonNode metadata = alert.at("/alert/metadata");
            metadata.forEach(list -> assertTrue(list.isArray() && list.get(0).isTextual(), alert.toString()));
            metadata.path("mitre_technique_id").forEach(id -> techniques.add(id.asText()));
            assertEquals(metadata.has("mitre_tactic_id"), metadata.has("mitre_tactic_name"), alert.toString());
        }
        assertTrue(techniques.contains("T1090") && techniques.contains("T1599.001"), techniques.toString());
    }

    /** network.transport is proto in lower case; the Community ID is computed anew from these, with seed 0. */
    @Test
    void elasticFindsTheNetwork() {
        for (JsonNode event : SAMPLES.events()) {
            if (!event.path("event_type").asText().equals("stats")) {
                assertTrue(event.path("flow_id").isIntegralNumber(), event.toString());
                assertFalse(event.path("proto").asText().isEmpty(), event.toString());
                assertFalse(event.path("src_ip").asText().isEmpty(), event.toString());
                assertFalse(event.path("dest_ip").asText().isEmpty(), event.toString());
                assertEquals(event.has("src_port"), event.has("dest_port"), event.toString());
                assertTrue(event.path("community_id").asText().startsWith("1:"), event.toString());
            }
        }
    }

    @Test
    void elasticCountsTheBytesOfFlows() {
        for (JsonNode flow : SAMPLES.events("flow")) {
            for (String side : List.of("toserver", "toclient")) {
                assertTrue(flow.at("/flow/bytes_" + side).isIntegralNumber(), flow.toString());
                assertTrue(flow.at("/flow/pkts_" + side).isIntegralNumber(), flow.toString());
            }
        }
    }

    /** The add-ons' TIME_PREFIX and BREAK_ONLY_BEFORE, Splunk's own TRUNCATE, and their lookup of severities. */
    @Test
    void splunkFindsTimesAndSeverities() {
        for (String line : SAMPLES.lines()) {
            assertTrue(line.startsWith("{\"timestamp\":\""), line);
            assertTrue(line.getBytes(StandardCharsets.UTF_8).length < 10_000, line);
        }
        for (JsonNode alert : alerts()) {
            int severity = alert.at("/alert/severity").asInt();
            assertTrue(severity >= 0 && severity <= 3, alert.toString());
        }
    }
}
