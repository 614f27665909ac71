package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a real Kafka has stored is what was sent to it. */
@Timeout(180)
class KafkaTest {
    private static KafkaBroker broker;

    @TempDir
    private Path folder;

    private Twice twice;
    private String topic;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        broker = new KafkaBroker(folder);
        broker.start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void create(TestInfo test) throws Exception {
        twice = new Twice(folder);
        topic = test.getTestMethod().orElseThrow().getName();
        broker.create(topic, Map.of());
    }

    private static String output(String topic) {
        return "eve:kafka://127.0.0.1:" + broker.port + '/' + topic;
    }

    /** It is stopped as a service is, in the middle of a replay, and comes back. */
    @Test
    void everyEventIsStoredOnceOverAStop() throws Exception {
        try (Program program = twice.start(output(topic), 10)) {
            Twice.await(() -> broker.stored(topic) > 2_000);
            broker.stop();
            program.awaitMessage("no broker acknowledges what was sent; events wait for it");
            broker.start();
            program.awaitMessage("takes events again");
            assertEquals(ExitCode.DONE, program.code(), program.messages());
        }
        assertStored(twice.expected());
    }

    /** A run that ends while it is down leaves what waits to the next one. */
    @Test
    void whatWaitsIsKeptForTheNextRun() throws Exception {
        String output = output(topic) + "?events=alert&compression=zstd";
        broker.stop();
        Run first = twice.replay(output, 1, "--set", "limits.sink-patience-seconds=4");
        assertEquals(ExitCode.FAILED, first.code(), first.messages());
        assertTrue(first.messages().contains("no broker answers; events wait for it"), first.messages());
        broker.start();
        List<String> expected = new ArrayList<>(twice.expected());
        Run second = twice.replay(output, 1);
        assertEquals(ExitCode.DONE, second.code(), second.messages());
        expected.addAll(twice.expected());
        assertStored(expected.stream()
                .filter(line -> line.contains("\"event_type\":\"alert\""))
                .toList());
    }

    @Test
    void whatItRefusesIsSaidInALine() throws Exception {
        assertRefused(output("other"), "there is no topic other");
        Path config = Files.writeString(folder.resolve("client.properties"), """
                security.protocol=SASL_PLAINTEXT
                sasl.mechanism=PLAIN
                sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \\
                    username="sensor" password="guessed";
                """);
        String output = "eve:kafka://127.0.0.1:" + broker.passwordPort + '/' + topic + "?config=" + config;
        assertRefused(output, "Authentication failed: Invalid username or password");
        Path right = Files.writeString(
                folder.resolve("right.properties"), Files.readString(config).replace("guessed", "secret"));
        Run run = twice.replay(output.replace(config.toString(), right.toString()), 1);
        assertEquals(ExitCode.DONE, run.code(), run.messages());
        assertStored(twice.expected());
    }

    /** What a topic does not carry is left out and counted; the rest is there. */
    @Test
    void whatIsLongerThanTheTopicTakesIsCounted() throws Exception {
        broker.create("short", Map.of("max.message.bytes", "2000"));
        Run run = twice.replay(output("short"), 1);
        assertEquals(ExitCode.FAILED, run.code(), run.messages());
        assertTrue(run.messages().contains("longer than it carries"), run.messages());
        assertTrue(broker.stored("short") > 1_000);
    }

    private void assertRefused(String output, String why) {
        Run run = twice.replay(output, 1, "--set", "limits.sink-patience-seconds=4");
        assertEquals(ExitCode.FAILED, run.code());
        assertTrue(run.messages().contains(why + "; events wait for it"), run.messages());
    }

    /** Each line once, and those of a flow in order, for that is a partition's. */
    private void assertStored(List<String> lines) {
        Map<String, List<String>> arrived = broker.records(topic).stream()
                .filter(record -> record.key() != null)
                .collect(Collectors.groupingBy(
                        ConsumerRecord::key, Collectors.mapping(ConsumerRecord::value, Collectors.toList())));
        Map<String, List<String>> expected = lines.stream()
                .collect(Collectors.groupingBy(
                        line -> Run.event(line).get("community_id").asText()));
        assertEquals(expected.keySet(), arrived.keySet());
        expected.forEach((key, ordered) -> Twice.assertSame(ordered, arrived.get(key)));
    }
}
