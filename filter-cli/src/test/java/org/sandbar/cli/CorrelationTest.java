package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An alert of a correlation is one like any other, whatever it is written as. */
class CorrelationTest {
    /** A client that walks over so many ports of a third host. */
    private static byte[] scan(int ports) {
        Talk talk = new Talk(21)
                .server("220 ready\r\n")
                .client("USER ftp\r\n")
                .server("331 password\r\n")
                .client("PASS x@\r\n")
                .server("230 in\r\n");
        for (int port = 0; port < ports; port++) {
            talk.client("PORT 203,0,113,9,160," + port + "\r\n").server("200 ok\r\n");
        }
        return talk.capture();
    }

    @Test
    void isRaisedOnTheEventThatCompletesIt() throws IOException {
        Run run = Run.with(scan(12), "replay", "-");
        assertEquals(ExitCode.DONE, run.code(), run.messages());
        run.lines().forEach(new Eve()::check);
        List<JsonNode> alerts = run.events("alert");
        assertEquals(13, alerts.size());
        JsonNode scan = alerts.get(10);
        assertEquals("203,0,113,9,160,9", scan.at("/ftp/command_data").asText());
        assertEquals(4_502_011, scan.at("/alert/signature_id").asInt());
        assertEquals("ftp-port-scan", scan.at("/sandbar/rule").asText());
        assertEquals("T1046", scan.at("/alert/metadata/mitre_technique_id/0").asText());
        assertEquals(
                "{\"type\":\"value_count\",\"count\":10,\"group\":[{\"src_ip\":\"192.168.1.5\"}],\"first_pcap_cnt\":"
                        + alerts.get(0).get("pcap_cnt") + ",\"since\":\"2023-11-14T22:13:20.000000+0000\"}",
                scan.at("/sandbar/correlation").toString());
        for (String same : List.of("/flow_id", "/pcap_cnt", "/timestamp", "/sandbar/trust", "/sandbar/ftp", "/ftp")) {
            assertFalse(scan.at(same).isMissingNode(), same);
            assertEquals(alerts.get(9).at(same), scan.at(same), same);
        }
        for (JsonNode event : run.events()) {
            assertEquals(event.equals(scan), event.at("/sandbar").has("correlation"));
        }
        assertEquals(
                "[\"ftp-bounce\",\"ftp-port-scan\"]",
                run.events("flow").get(0).at("/sandbar/verdict/rules").toString());
        assertTrue(run.messages().contains("13 alerts: 12 ftp-bounce, 1 ftp-port-scan"), run.messages());
    }

    @Test
    void isSilentBelowItsCount() {
        assertFalse(Run.with(scan(9), "replay", "-").text().contains("ftp-port-scan"));
    }

    @Test
    void isTextToo() {
        List<String> lines = Run.with(scan(10), "replay", "-o", "text:-", "--events", "alert", "-")
                .lines();
        assertEquals(11, lines.size());
        assertTrue(
                lines.get(10)
                        .contains("[4502:4502011:1] FTP client walks over the ports of third hosts (ftp-port-scan)"),
                lines.get(10));
    }

    @Test
    void isTheSameForAnyNumberOfShards() {
        byte[] one = Run.with(scan(30), "replay", "-q", "--shards", 1, "-").data();
        assertArrayEquals(
                one, Run.with(scan(30), "replay", "-q", "--shards", 2, "-").data());
        assertArrayEquals(
                one, Run.with(scan(30), "replay", "-q", "--shards", 4, "-").data());
    }

    @Test
    void countsForFailOn(@TempDir Path folder) throws IOException {
        Path rule = Files.writeString(
                folder.resolve("many.yaml"),
                "title: Many\nid: 00000000-0000-4000-8000-000000000001\nname: many\nlevel: critical\n"
                        + "correlation: {type: event_count, rules: [ftp-bounce], group-by: [], timespan: 1m, "
                        + "condition: {gte: 5}}\nsandbar: {sid: 1, action: drop, once_per: flow}\n");
        Object[] arguments = {"replay", "-s", rule, "--fail-on", "critical", "-"};
        assertEquals(ExitCode.DONE, Run.with(scan(4), arguments).code());
        Run run = Run.with(scan(5), arguments);
        assertEquals(ExitCode.ALERTED, run.code());
        assertEquals(
                "drop", run.events("flow").get(0).at("/sandbar/verdict/action").asText());
    }

    @Test
    void countsAsFarAsTheUserLetsIt(@TempDir Path folder) throws IOException {
        Path rule = Files.writeString(
                folder.resolve("many.yaml"),
                "title: Many\nid: 00000000-0000-4000-8000-000000000001\nname: many\nlevel: critical\n"
                        + "correlation: {type: event_count, rules: [ftp-bounce], group-by: [], timespan: 1m, "
                        + "condition: {gte: 5000}}\nsandbar: {sid: 1}\n");
        Run refused = Run.with(scan(1), "replay", "-s", rule, "-");
        assertEquals(ExitCode.FAILED, refused.code());
        assertTrue(
                refused.messages().contains("many.yaml:5:100: error: no group counts as far as 5000"),
                refused.messages());
        Object[] more = {"replay", "-s", rule, "--set", "limits.correlation-count=5000", "-"};
        assertEquals(ExitCode.DONE, Run.with(scan(1), more).code());
    }
}
