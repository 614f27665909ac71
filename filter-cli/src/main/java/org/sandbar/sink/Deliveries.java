package org.sandbar.sink;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.output.EventSink;

/** Opens the destinations of a run, most of which have a thread of their own, and knows how they stand. Opened by one thread; any may ask. */
public final class Deliveries {
    private static final int LARGEST_DATAGRAM = 65_507;
    private static final int USUAL_DATAGRAM = 8_192;
    private static final long MEGABYTE = 1_000_000;

    private final Limits limits;
    private final Path spillFolder;
    private final boolean patient;
    private final Consumer<String> messages;
    private final List<Delivery> all = new ArrayList<>();

    /**
     * @param patient whether who adds events waits where there is no room for them; otherwise they are dropped and counted
     * @param messages takes lines for people, on any thread
     */
    public Deliveries(Limits limits, Path spillFolder, boolean patient, Consumer<String> messages) {
        this.limits = limits;
        this.spillFolder = spillFolder;
        this.patient = patient;
        this.messages = messages;
    }

    /**
     * Opens one that is not local.
     *
     * @param format makes the format that writes to a stream
     * @throws IllegalArgumentException where a parameter is wrong
     * @throws IOException where a file that it goes by cannot be used
     */
    public EventSink open(Target target, Function<OutputStream, EventSink> format) throws IOException {
        Destination destination = destination(target);
        SpillFile spill = SpillFile.open(spillPath(target), limits.of(Bound.SPILL_MEGABYTES) * MEGABYTE);
        long firstSequence = spill.lastSequence();
        boolean keyed = target.transport() == Target.Transport.KAFKA;
        return new QueuedSink(begin(target, destination, spill), firstSequence, keyed, format);
    }

    /**
     * Opens a file, or standard output. Who waits for room writes it himself; for others it has a queue, and what finds no room there is
     * lost, for where one disk is full another would be soon.
     *
     * @param out takes what is written at once as a whole, or nothing of it where it throws
     */
    public EventSink openLocal(Target target, OutputStream out, Function<OutputStream, EventSink> format) {
        return patient
                ? format.apply(out)
                : new QueuedSink(begin(target, new LocalDestination(out), null), 0, false, format);
    }

    private Delivery begin(Target target, Destination destination, SpillFile spill) {
        Backlog backlog = new Backlog(limits.of(Bound.SINK_QUEUE_BYTES), spill, destination.batch(), patient);
        Delivery delivery = new Delivery(
                target.name(), destination, backlog, limits.nanosOf(Bound.SINK_PATIENCE_SECONDS), messages);
        synchronized (all) {
            all.add(delivery);
        }
        delivery.start();
        return delivery;
    }

    private Destination destination(Target target) throws IOException {
        Message message = target.transport().isSyslog()
                ? new SyslogMessage(target.word("facility", "local0", SyslogMessage.FACILITIES))
                : Message.PLAIN;
        return switch (target.transport()) {
            case UDP, SYSLOG_UDP ->
                new DatagramDestination(
                        target.host(),
                        target.port(),
                        message,
                        target.number("max-bytes", USUAL_DATAGRAM, 480, LARGEST_DATAGRAM));
            case TCP, TLS, SYSLOG_TCP, SYSLOG_TLS ->
                new StreamDestination(
                        target.host(),
                        target.port(),
                        message,
                        target.transport().isSyslog()
                                && target.word("framing", "octet", List.of("octet", "lf"))
                                        .equals("octet"),
                        target.isYes("receipts", "yes"),
                        target.isTls() ? tls(target) : null,
                        messages);
            case KAFKA -> KafkaDestination.of(target);
            case FILE -> throw new IllegalArgumentException("a file needs no delivery");
        };
    }

    private static TlsClient tls(Target target) throws IOException {
        return TlsClient.of(
                target.text("name", target.host()),
                target.port(),
                target.path("ca"),
                target.path("cert"),
                target.path("key"),
                target.text("fingerprint", null));
    }

    /** The same for the same destination and parameters, in every run. */
    private Path spillPath(Target target) {
        CRC32 sum = new CRC32();
        sum.update(target.toString().getBytes(StandardCharsets.UTF_8));
        String readable = target.name().replaceAll("[^A-Za-z0-9.+-]+", "-");
        return spillFolder.resolve(readable + '-' + Long.toHexString(sum.getValue()) + ".spill");
    }

    /** How a file is kept that {@code -o} names. */
    public EventFile.Keeping keeping(Target target) {
        long mostBytes = target.number("rotate-mb", 0, 1, 1_000_000) * MEGABYTE;
        long longestMs = target.number("rotate-seconds", 0, 1, 100_000_000) * 1_000L;
        int mostFiles = target.number("keep", 0, 1, 100_000);
        boolean compressed = target.isYes("gzip", "no");
        if (mostBytes == 0 && longestMs == 0 && (mostFiles > 0 || compressed)) {
            throw new IllegalArgumentException("keep and gzip need rotate-mb or rotate-seconds, which begin new files");
        }
        FileRotation rotation = mostBytes == 0 && longestMs == 0
                ? null
                : new FileRotation(mostBytes, longestMs, mostFiles, compressed, messages);
        return new EventFile.Keeping(target.isYes("append", "no"), target.isYes("fsync", "no"), rotation);
    }

    public List<Delivery> all() {
        synchronized (all) {
            return List.copyOf(all);
        }
    }

    /** The counts of each by its name, for statistics. */
    public Map<String, Map<String, Long>> counts() {
        Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
        for (Delivery delivery : all()) {
            counts.put(delivery.name(), delivery.counts().byName());
        }
        return counts;
    }

    /** Whether all events have arrived, as far as destinations can tell. */
    public boolean isComplete() {
        return all().stream().allMatch(delivery -> delivery.counts().isComplete());
    }

    /** Whoever adds no longer waits for room: the run is to end. Any thread. */
    public void hurry() {
        all().forEach(Delivery::hurry);
    }
}
