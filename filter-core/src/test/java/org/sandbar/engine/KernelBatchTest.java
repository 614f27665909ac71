package org.sandbar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sandbar.alg.Armed;
import org.sandbar.alg.PinholeEvents;
import org.sandbar.capture.Captures;
import org.sandbar.capture.PacketBatch;
import org.sandbar.capture.PacketSource;
import org.sandbar.event.Event;

/**
 * What the kernel opened in many seeded conversations at once ({@code lab/small-gateways.py}), the model named {@code linux} would
 * open: the same holes in the same order, for as long. {@code -Dkernel.batch=FOLDER} names another folder of answers.
 */
class KernelBatchTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("kernel.batch", System.getProperty("sandbar.root") + "/lab/answers"));
    private static final ObjectMapper JSON = new ObjectMapper();

    @TestFactory
    Stream<DynamicTest> sameHoles() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> compare(file)));
        }
    }

    private static void compare(Path answers) throws IOException {
        Path pcap = Path.of(answers.toString().replace(".json", ".pcap"));
        Path capture = Files.exists(pcap) ? pcap : Path.of(pcap + ".gz");
        Map<Integer, List<String>> told = told(capture);
        StringBuilder expected = new StringBuilder();
        StringBuilder actual = new StringBuilder();
        int holes = 0;
        JsonNode said = JSON.readTree(answers.toFile());
        // PPTP's gateway replaces both holes of a call one by one.
        boolean ordered = !said.get("helper").asText().equals("pptp");
        for (JsonNode conversation : said.get("conversations")) {
            int client = conversation.get("client_port").asInt();
            List<String> opened = new ArrayList<>();
            conversation.get("holes").forEach(hole -> opened.add(text(hole)));
            List<String> model = told.getOrDefault(client, List.of());
            holes += opened.size();
            expected.append(client).append(' ').append(ordered ? opened : new TreeSet<>(opened));
            actual.append(client).append(' ').append(ordered ? model : new TreeSet<>(model));
            expected.append('\n');
            actual.append('\n');
        }
        assertEquals(expected.toString(), actual.toString());
        assertTrue(holes > 10, holes + " holes");
    }

    private static String text(JsonNode hole) {
        return hole.get("proto").asText()
                + ' '
                + (hole.get("from_ip").isNull() ? "any" : hole.get("from_ip").asText())
                + ' '
                + hole.get("to_ip").asText()
                + ' '
                + hole.get("to_port").asInt()
                + ' '
                + hole.get("seconds").asInt()
                + 's';
    }

    private static Map<Integer, List<String>> told(Path capture) throws IOException {
        Shard shard = new Shard(0, 1, ShardSettings.USUAL.with(Armed.only("linux")));
        Map<Integer, List<String>> told = new TreeMap<>();
        try (PacketSource source = Captures.open(List.of(capture.toString()), InputStream.nullInputStream())) {
            PacketBatch batch = new PacketBatch(1 << 20);
            long ordinal = 1;
            boolean more = true;
            while (more) {
                batch.clear(ordinal);
                more = source.read(batch);
                shard.process(batch).forEach(event -> add(told, event));
                ordinal += batch.count();
            }
        }
        return told;
    }

    private static void add(Map<Integer, List<String>> told, Event event) {
        Object transport = event.kind() == PinholeEvents.WOULD ? event.get(PinholeEvents.WOULD_TRANSPORT) : null;
        if (transport == null || !PinholeEvents.filtersOf(event).contains("linux")) {
            return;
        }
        Object from = event.get(PinholeEvents.WOULD_FROM);
        String name = (long) transport == 6 ? "TCP" : (long) transport == 17 ? "UDP" : "GRE";
        told.computeIfAbsent(event.flow().clientPort(), first -> new ArrayList<>())
                .add(name
                        + ' '
                        + (from == null ? "any" : from)
                        + ' '
                        + event.get(PinholeEvents.WOULD_TO)
                        + ' '
                        + event.get(PinholeEvents.WOULD_PORT)
                        + ' '
                        + (long) event.get(PinholeEvents.WOULD_LIFETIME) / 1_000_000_000
                        + 's');
    }
}
