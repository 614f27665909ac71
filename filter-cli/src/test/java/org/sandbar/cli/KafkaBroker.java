package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Time;

/** A Kafka of one node in this process, broker and controller, the server's own code: plain, and with a password, on loopback. */
final class KafkaBroker implements AutoCloseable {
    private static final int PARTITIONS = 3;

    final int port = FreePort.next();
    final int passwordPort = FreePort.next();
    private final Properties properties = new Properties();
    private KafkaRaftServer running;

    /** Its files go to a new folder. */
    KafkaBroker(Path folder) throws IOException {
        int controller = FreePort.next();
        String text = """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                listeners=CONTROLLER://127.0.0.1:%1$d,PLAINTEXT://127.0.0.1:%2$d,SASL_PLAINTEXT://127.0.0.1:%3$d
                listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT
                sasl.enabled.mechanisms=PLAIN
                listener.name.sasl_plaintext.plain.sasl.jaas.config=\\
                  org.apache.kafka.common.security.plain.PlainLoginModule required user_sensor="secret";
                log.dirs=%4$s/log
                auto.create.topics.enable=false
                """.formatted(controller, port, passwordPort, folder);
        Path file = Files.writeString(folder.resolve("server.properties"), text);
        properties.load(Files.newBufferedReader(file));
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        String[] format = {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()};
        assertEquals(0, StorageTool.execute(format, new PrintStream(told)), told::toString);
    }

    void start() {
        running = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
        running.startup();
    }

    /** As a service manager does. */
    void stop() {
        running.shutdown();
        running = null;
    }

    void create(String topic, Map<String, String> settings)
            throws IOException, InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port))) {
            NewTopic one = new NewTopic(topic, PARTITIONS, (short) 1).configs(settings);
            admin.createTopics(List.of(one)).all().get();
        }
    }

    /** How many records it has stored. */
    long stored(String topic) {
        try (KafkaConsumer<String, String> consumer = consumer()) {
            return end(consumer, topic);
        }
    }

    private static long end(KafkaConsumer<String, String> consumer, String topic) {
        return consumer.endOffsets(partitions(topic)).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** All of them: those of a partition in order. */
    List<ConsumerRecord<String, String>> records(String topic) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = consumer()) {
            consumer.assign(partitions(topic));
            consumer.seekToBeginning(partitions(topic));
            for (long end = end(consumer, topic); records.size() < end; ) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
        }
        return records;
    }

    private static List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(number -> new TopicPartition(topic, number))
                .toList();
    }

    private KafkaConsumer<String, String> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", "127.0.0.1:" + port), new StringDeserializer(), new StringDeserializer());
    }

    @Override
    public void close() {
        if (running != null) {
            running.shutdown();
        }
    }
}
