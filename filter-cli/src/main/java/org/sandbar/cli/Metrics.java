package org.sandbar.cli;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.sandbar.bytes.Words;
import org.sandbar.capture.Reception;
import org.sandbar.engine.Counters;
import org.sandbar.engine.Inline;
import org.sandbar.event.Event;
import org.sandbar.output.EventSink;
import org.sandbar.output.Statistics;
import org.sandbar.sink.Deliveries;
import org.sandbar.sink.Delivery;
import org.sandbar.sink.DeliveryCounts;
import org.sandbar.verdict.Alert;

/**
 * What Prometheus is told of a run: what came in, what was found by kind and rule, how outputs stand, and the process's memory. Told of
 * events on the thread of stage 2; read by any.
 */
final class Metrics implements EventSink {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Deliveries deliveries;
    private final Counter events;
    private final Counter alerts;
    private volatile Counters counters;
    private volatile Reception reception;
    private volatile long aliveNs = System.nanoTime();

    Metrics(Deliveries deliveries) {
        this.deliveries = deliveries;
        counted("packets", "Packets read.", Counters::packets);
        counted("bytes", "Bytes of packets read.", Counters::bytes);
        counted("flows", "Flows seen.", Counters::flows);
        counted("flows_crowded_out", "Flows that ended early for want of room.", Counters::crowdedOut);
        counted("bad_checksums", "Packets passed over for a wrong checksum.", Counters::badChecksums);
        received("kernel_packets", "Packets that the kernel had.", Reception::packets);
        received("kernel_drops", "Packets that the kernel dropped for want of room.", Reception::drops);
        received("interface_drops", "Packets that interfaces dropped.", Reception::interfaceDrops);
        events = Counter.builder()
                .name("sandbar_events_total")
                .help("Events by kind, alerts apart.")
                .labelNames("kind")
                .register(registry);
        alerts = Counter.builder()
                .name("sandbar_alerts_total")
                .help("Alerts by rule.")
                .labelNames("rule", "level")
                .register(registry);
        describeOutputs();
        JvmMemoryMetrics.builder().register(registry);
    }

    private void counted(String name, String help, ToLongFunction<Counters> value) {
        CounterWithCallback.builder()
                .name("sandbar_" + name + "_total")
                .help(help)
                .callback(callback -> callback.call(counters == null ? 0 : value.applyAsLong(counters)))
                .register(registry);
    }

    /** Only where packets are live. */
    private void received(String name, String help, ToLongFunction<Reception> value) {
        CounterWithCallback.builder()
                .name("sandbar_" + name + "_total")
                .help(help)
                .callback(callback -> {
                    if (reception != null) {
                        callback.call(value.applyAsLong(reception));
                    }
                })
                .register(registry);
    }

    /** What guard has done, or would have. */
    void describe(Inline inline) {
        done("dropped", "Packets that were dropped.", inline::dropped);
        done("rejected", "Packets that were rejected.", inline::rejected);
        done("ways_opened", "Ways that were opened for data connections.", inline::opened);
        done("ways_used", "Those of them through which one came.", inline::used);
    }

    private void done(String name, String help, LongSupplier value) {
        CounterWithCallback.builder()
                .name("sandbar_guard_" + name + "_total")
                .help(help)
                .callback(callback -> callback.call(value.getAsLong()))
                .register(registry);
    }

    private void describeOutputs() {
        delivered("queued", "Events taken for the output.", DeliveryCounts::queued);
        delivered("sent", "Events known to have arrived, as far as the output can tell.", DeliveryCounts::sent);
        delivered("spilled", "Events that went over disk.", DeliveryCounts::spilled);
        delivered("dropped", "Events lost for want of room, or too long for the output.", DeliveryCounts::dropped);
        gauge("waiting", "Events that wait in memory and on disk.", DeliveryCounts::waiting);
        gauge("up", "Whether the last attempt to reach the output went well.", counts -> counts.up() ? 1 : 0);
    }

    private void delivered(String name, String help, ToLongFunction<DeliveryCounts> value) {
        CounterWithCallback.builder()
                .name("sandbar_output_" + name + "_total")
                .help(help)
                .labelNames("output")
                .callback(callback ->
                        deliveries.all().forEach(one -> callback.call(value.applyAsLong(one.counts()), one.name())))
                .register(registry);
    }

    private void gauge(String name, String help, ToLongFunction<DeliveryCounts> value) {
        GaugeWithCallback.builder()
                .name("sandbar_output_" + name)
                .help(help)
                .labelNames("output")
                .callback(callback ->
                        deliveries.all().forEach(one -> callback.call(value.applyAsLong(one.counts()), one.name())))
                .register(registry);
    }

    /** The outputs are open. */
    void observeOutputs() {
        Histogram seconds = Histogram.builder()
                .name("sandbar_output_send_seconds")
                .help("How long it took until a batch of events was known to have arrived.")
                .labelNames("output")
                .classicOnly()
                .register(registry);
        for (Delivery delivery : deliveries.all()) {
            delivery.observe(nanos -> seconds.labelValues(delivery.name()).observe(nanos / 1e9));
        }
    }

    PrometheusRegistry registry() {
        return registry;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    /** How stage 1 stands; no more than a second ago while packets come. */
    void update(Counters counters, Reception reception) {
        this.counters = counters;
        this.reception = reception;
    }

    /** The run goes on. */
    void beat() {
        aliveNs = System.nanoTime();
    }

    /** How long ago the run last went on. */
    long silentNs() {
        return System.nanoTime() - aliveNs;
    }

    @Override
    public void event(Event event) {
        events.labelValues(event.kind().name()).inc();
    }

    @Override
    public void alert(Alert alert) {
        alerts.labelValues(alert.rule().name(), Words.of(alert.rule().level())).inc();
    }

    @Override
    public void statistics(Statistics statistics) {}

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
