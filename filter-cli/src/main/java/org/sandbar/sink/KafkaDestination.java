package org.sandbar.sink;

import java.io.IOException;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.sandbar.yaml.Spelling;

/**
 * Lines as records of a Kafka topic, with the flow's community id as their key, so that what is told of a flow stays in order.
 *
 * <p>The producer is idempotent, waits for all replicas that are in sync, and never gives up: over whatever becomes of brokers each line
 * is stored once. What it has and nobody has acknowledged yet is asked for again, not handed over again. Only a producer that cannot go
 * on, because it is refused, makes way for another, which gets what was not acknowledged.
 */
final class KafkaDestination implements Destination {
    private static final Batch BATCH = new Batch(1 << 19, TimeUnit.MILLISECONDS.toNanos(50));
    private static final int ANSWER_MS = 3_000;
    private static final List<String> COMPRESSIONS = List.of("none", "gzip", "zstd");

    /**
     * What it promises hangs on these. Over its restart a broker remembers of a producer no more than the last batch, so two that are
     * under way could be stored twice.
     */
    private static final Map<String, Object> OWN = Map.of(
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            1,
            ProducerConfig.RETRIES_CONFIG,
            Integer.MAX_VALUE,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            Integer.MAX_VALUE,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            ANSWER_MS,
            ProducerConfig.ENABLE_METRICS_PUSH_CONFIG,
            false,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            StringSerializer.class,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ByteArraySerializer.class);

    private static final Map<String, Object> USUAL =
            Map.of(ProducerConfig.CLIENT_ID_CONFIG, "sandbar", ProducerConfig.BATCH_SIZE_CONFIG, 1 << 17);

    private final String topic;
    private final Map<String, Object> properties;
    private final Map<Long, Future<RecordMetadata>> handedOver = new HashMap<>();
    private volatile boolean closed;
    private volatile KafkaProducer<String, byte[]> producer;

    private KafkaDestination(String topic, Map<String, Object> properties) {
        this.topic = topic;
        this.properties = properties;
    }

    /**
     * Goes by the target's parameters, and a file of Kafka's own properties where they name one.
     *
     * @throws IllegalArgumentException where one of them is wrong
     */
    static KafkaDestination of(Target target) throws IOException {
        Map<String, Object> properties = new HashMap<>(USUAL);
        if (target.path("config") != null) {
            properties.putAll(read(target.path("config")));
        }
        String compression = ProducerConfig.COMPRESSION_TYPE_CONFIG;
        properties.put(
                compression,
                target.word("compression", (String) properties.getOrDefault(compression, "none"), COMPRESSIONS));
        properties.putAll(OWN);
        properties.put(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                target.servers().stream().map(KafkaDestination::text).collect(Collectors.joining(",")));
        try {
            new ProducerConfig(properties);
        } catch (KafkaException wrong) {
            throw new IllegalArgumentException(reason(wrong));
        }
        return new KafkaDestination(target.topic(), properties);
    }

    private static String text(InetSocketAddress server) {
        String host = server.getHostString();
        return (host.contains(":") ? '[' + host + ']' : host) + ':' + server.getPort();
    }

    private static Map<String, String> read(Path file) throws IOException {
        Properties read = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            read.load(in);
        }
        Map<String, String> properties = new HashMap<>();
        for (String name : read.stringPropertyNames()) {
            if (!ProducerConfig.configNames().contains(name)) {
                throw new IllegalArgumentException(file + ": no producer has the property '" + name + "'"
                        + Spelling.hint(name, List.copyOf(ProducerConfig.configNames())));
            }
            if (OWN.containsKey(name)) {
                throw new IllegalArgumentException(file + ": " + name + " is always " + OWN.get(name));
            }
            properties.put(name, read.getProperty(name));
        }
        return properties;
    }

    @Override
    public Batch batch() {
        return BATCH;
    }

    @Override
    public int send(List<Line> lines) throws IOException {
        int tooLong = 0;
        try {
            connect();
            for (Line line : lines) {
                handedOver.computeIfAbsent(line.sequence(), number -> producer.send(record(line)));
            }
            for (Line line : lines) {
                tooLong += isAcknowledged(handedOver.get(line.sequence())) ? 0 : 1;
            }
        } catch (org.apache.kafka.common.errors.TimeoutException silence) {
            throw new IOException(
                    silence.getCause() instanceof UnknownTopicOrPartitionException
                            ? "there is no topic " + topic
                            : "no broker answers",
                    silence);
        } catch (KafkaException | LinkageError broken) {
            disconnect();
            throw new IOException(reason(broken), broken);
        }
        lines.forEach(line -> handedOver.remove(line.sequence()));
        return tooLong;
    }

    private void connect() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        if (producer == null) {
            producer = new KafkaProducer<>(properties);
        }
        // Waits until it knows the topic; handing a line over would wait so for each.
        producer.partitionsFor(topic);
    }

    /** It is given no time: brokers judge by it how long to keep a record, and events may be of a capture many years old. */
    private ProducerRecord<String, byte[]> record(Line line) {
        return new ProducerRecord<>(topic, line.key().isEmpty() ? null : line.key(), line.bytes());
    }

    /** Otherwise it is longer than the topic takes. */
    private static boolean isAcknowledged(Future<RecordMetadata> record) throws IOException {
        try {
            record.get(ANSWER_MS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException silence) {
            throw new IOException("no broker acknowledges what was sent", silence);
        } catch (InterruptedException over) {
            throw new IOException("interrupted", over);
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof RecordTooLargeException) {
                return false;
            }
            throw new KafkaException(refused.getCause());
        }
    }

    /** What fails with it is to be handed over again, but not what was stored. */
    private void disconnect() {
        closeProducer();
        producer = null;
        handedOver.values().removeIf(record -> {
            try {
                return !isAcknowledged(record);
            } catch (IOException | KafkaException lost) {
                return true;
            }
        });
    }

    private static String reason(Throwable wrong) {
        Throwable root = wrong;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }

    private void closeProducer() {
        KafkaProducer<String, byte[]> open = producer;
        if (open != null) {
            open.close(Duration.ZERO);
        }
    }

    @Override
    public void close() {
        closed = true;
        closeProducer();
    }
}
