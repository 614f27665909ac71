package org.sandbar.bench;

import java.io.OutputStream;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.sandbar.event.Event;
import org.sandbar.event.FlowEvents;
import org.sandbar.output.EveSink;
import org.sandbar.protocol.http.HttpEvents;

/** What it costs to write one event as a line of JSON, to a stream that goes nowhere. */
@State(Scope.Thread)
public class EveBenchmark extends AsLaunched {
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
