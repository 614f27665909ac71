package org.sandbar.bench;

import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.sandbar.event.Event;
import org.sandbar.event.FlowEvents;
import org.sandbar.output.EveSink;
import org.sandbar.protocol.http.HttpEvents;

/** What it costs to write one event as a line of JSON, to a stream that goes nowhere. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-XX:-UsePerfData"})
public class EveBenchmark {
    private final EveSink sink = new EveSink(OutputStream.nullOutputStream(), "nowhere", Set.of());
    private Event http;
    private Event flow;

    @Setup
    public void choose() {
        http = Traffic.event(event -> event.kind() == HttpEvents.HTTP);
        flow = Traffic.event(event -> event.kind() == FlowEvents.FLOW);
    }

    @Benchmark
    public void http() {
        sink.event(http);
    }

    @Benchmark
    public void flow() {
        sink.event(flow);
    }
}
