package org.sandbar.bench;

import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.sandbar.event.Event;
import org.sandbar.event.FlowEvents;
import org.sandbar.output.EventSink;
import org.sandbar.output.Format;
import org.sandbar.protocol.http.HttpEvents;
import org.sandbar.rule.Rule;
import org.sandbar.verdict.Alert;

/** How many events a second become lines of each format, to a stream that goes nowhere. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class FormatBenchmark extends AsLaunched {
    @Param
    private Format format;

    private EventSink sink;
    private Event http;
    private Event flow;
    private Alert alert;

    @Setup
    public void choose() {
        sink = format.sink(OutputStream.nullOutputStream(), "nowhere", false, Set.of());
        http = Traffic.event(event -> event.kind() == HttpEvents.HTTP);
        flow = Traffic.event(event -> event.kind() == FlowEvents.FLOW);
        Rule rule = Installation.here().rules().rules().stream()
                .filter(some -> some.name().equals("http-alg-token"))
                .findFirst()
                .orElseThrow();
        alert = new Alert(rule, http);
    }

    @Benchmark
    public void http() {
        sink.event(http);
    }

    @Benchmark
    public void flow() {
        sink.event(flow);
    }

    @Benchmark
    public void alert() {
        sink.alert(alert);
    }
}
