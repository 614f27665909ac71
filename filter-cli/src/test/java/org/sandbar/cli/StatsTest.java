package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is said of the run and of each host at its end is the sum of the events before. */
class StatsTest {
    /** UDP datagrams from so many clients to one server. */
    private static byte[] clients(int count) {
        ByteBuffer capture = ByteBuffer.allocate(24 + count * (16 + 29)).order(ByteOrder.LITTLE_ENDIAN);
        capture.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4);
        capture.putInt(0).putInt(0).putInt(65_535).putInt(101);
        for (int i = 0; i < count; i++) {
            capture.order(ByteOrder.LITTLE_ENDIAN);
            capture.putInt(1_700_000_000).putInt(i).putInt(29).putInt(29);
            capture.order(ByteOrder.BIG_ENDIAN);
            capture.putShort((short) 0x4500).putShort((short) 29).putInt(0).putInt(0x4011_0000);
            capture.putInt(0x0a000000 + i).putInt(0xc6336415);
            capture.putShort((short) 40_000)
                    .putShort((short) 9)
                    .putShort((short) 9)
                    .putShort((short) 0);
            capture.put((byte) 'x');
        }
        return capture.array();
    }

    @Test
    void addsUpTheFlows() {
        Run run = Run.of("replay", Run.SAMPLES);
        JsonNode stats = run.events("stats").get(0);
        List<JsonNode> flows = run.events("flow");
        assertEquals(flows.size(), stats.at("/stats/flow/total").asInt());
        assertEquals(run.events("alert").size(), stats.at("/stats/detect/alert").asInt());
        TreeMap<String, Long> told = new TreeMap<>();
        for (JsonNode flow : flows) {
            JsonNode trust = flow.at("/sandbar/trust");
            String kind = flow.get("src_ip").asText() + " " + trust.get("class").asText() + " "
                    + trust.path("agent").asText("-");
            told.merge(kind + " flows", 1L, Long::sum);
            JsonNode counts = flow.get("flow");
            told.merge(
                    kind + " bytes",
                    counts.get("bytes_toserver").asLong()
                            + counts.get("bytes_toclient").asLong(),
                    Long::sum);
            for (JsonNode row : trust.get("evidence")) {
                told.merge(kind + " " + row.get("signal").asText(), 1L, Long::sum);
            }
        }
        TreeMap<String, Long> summed = new TreeMap<>();
        for (JsonNode line : run.events("stats")) {
            for (JsonNode host : line.at("/sandbar/hosts")) {
                String kind = host.get("ip").asText() + " " + host.get("class").asText() + " "
                        + host.path("agent").asText("-");
                summed.put(kind + " flows", host.get("flows").asLong());
                summed.put(kind + " bytes", host.get("bytes").asLong());
                host.get("signals")
                        .properties()
                        .forEach(entry -> summed.put(
                                kind + " " + entry.getKey(), entry.getValue().asLong()));
            }
        }
        assertEquals(told, summed);
    }

    @Test
    void manyHostsTakeManyLines() throws IOException {
        Run run = Run.with(clients(1_000), "replay", "-q", "--events", "stats", "-");
        Eve eve = new Eve();
        run.lines().forEach(eve::check);
        assertTrue(run.lines().size() > 5, run.text());
        int hosts = 0;
        for (JsonNode line : run.events("stats")) {
            hosts += line.at("/sandbar/hosts").size();
        }
        assertEquals(1_000, hosts);
        JsonNode last = Run.with(clients(50), "replay", "-q", "--events", "stats", "--set", "limits.hosts=16", "-")
                .events("stats")
                .get(0)
                .at("/sandbar/hosts/16");
        assertTrue(last.get("ip").isNull(), last.toString());
        assertEquals(34, last.get("flows").asInt());
    }

    @Test
    void forPeople() {
        Path sample = Run.SAMPLES.resolve("plugin/silverlight/input.pcap");
        Run run = Run.of("replay", "-q", "-o", "text:-", sample);
        assertTrue(
                run.text()
                        .matches(
                                "(?s).*  host 192\\.168\\.1\\.5: [0-9]+ flows? sandboxed silverlight, [0-9]+ bytes, by .*"),
                run.text());
        assertTrue(Run.of("replay", "-q", "-o", "text:-", "--events", "alert", sample)
                .lines()
                .isEmpty());
    }
}
