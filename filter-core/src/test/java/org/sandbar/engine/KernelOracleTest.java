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

/** What the model named {@code linux} would open is what the kernel opened: the same holes, none more, none fewer. */
class KernelOracleTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("sandbar.root")).resolve("../shared/lab/kernel");
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The answers of that folder do not say it. */
    static final String DORMANT = " dormant";

    @TestFactory
    Stream<DynamicTest> sameHoles() throws IOException {
        List<Path> answers = new ArrayList<>();
        if (Files.isDirectory(FOLDER)) {
            try (Stream<Path> files = Files.list(FOLDER)) {
                files.filter(file -> file.toString().endsWith(".json")).sorted().forEach(answers::add);
            }
            assertTrue(answers.size() >= 52, answers.toString());
        }
        return answers.stream()
                .map(answer -> DynamicTest.dynamicTest(answer.getFileName().toString(), () -> compare(answer)));
    }

    private static void compare(Path answer) throws IOException {
        JsonNode said = JSON.readTree(answer.toFile());
        JsonNode scenario = said.get("scenario");
        String gateway = "linux." + scenario.get("helper").asText();
        TreeSet<String> opened = new TreeSet<>();
        for (JsonNode hole : said.get("holes")) {
            opened.add(hole.get("proto").asText()
                    + ' '
                    + (hole.path("from_ip").isNull()
                            ? "any"
                            : hole.path("from_ip").asText())
                    + ' '
                    + hole.get("to_ip").asText()
                    + ' '
                    + hole.path("to_port").asInt());
        }
        Armed armed = new Armed(Map.of(gateway, List.of(scenario.get("port").asInt())));
        Path capture = Path.of(answer.toString().replace(".json", ".pcap"));
        TreeSet<String> told = new TreeSet<>();
        told(capture, armed).forEach(hole -> told.add(hole.replace(DORMANT, "")));
        assertEquals(opened, told);
    }

    /** The holes that the model would open, as text; one that is opened dormant and then woken is two. */
    static TreeSet<String> told(Path capture, Armed armed) throws IOException {
        return told(capture, new Shard(0, 1, ShardSettings.USUAL.with(armed)));
    }

    static TreeSet<String> told(Path capture, Shard shard) throws IOException {
        List<Event> events = new ArrayList<>();
        try (PacketSource source = Captures.open(List.of(capture.toString()), InputStream.nullInputStream())) {
            PacketBatch batch = new PacketBatch(1 << 20);
            long ordinal = 1;
            boolean more = true;
            while (more) {
                batch.clear(ordinal);
                more = source.read(batch);
                events.addAll(shard.process(batch));
                ordinal += batch.count();
            }
        }
        TreeSet<String> told = new TreeSet<>();
        for (Event event : events) {
            Object transport = event.kind() == PinholeEvents.WOULD ? event.get(PinholeEvents.WOULD_TRANSPORT) : null;
            if (transport != null && PinholeEvents.filtersOf(event).contains("linux")) {
                Object from = event.get(PinholeEvents.WOULD_FROM);
                told.add(name((long) transport)
                        + ' '
                        + (from == null ? "any" : from)
                        + ' '
                        + event.get(PinholeEvents.WOULD_TO)
                        + ' '
                        + event.get(PinholeEvents.WOULD_PORT)
                        + (event.is(PinholeEvents.WOULD_DORMANT) ? DORMANT : ""));
            }
        }
        return told;
    }

    private static String name(long transport) {
        return transport == 6 ? "TCP" : transport == 17 ? "UDP" : "GRE";
    }
}
