package org.sandbar.bench;

import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.sandbar.event.Event;
import org.sandbar.output.EventSink;
import org.sandbar.output.Format;
import org.sandbar.output.Statistics;
import org.sandbar.verdict.Alert;

/** Keeps what a run says, and says it again, as often as wanted, with nothing but a format behind it. One thread. */
final class Told implements EventSink {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final List<Consumer<EventSink>> all = new ArrayList<>();

    @Override
    public void event(Event event) {
        all.add(sink -> sink.event(event));
    }

    @Override
    public void alert(Alert alert) {
        all.add(sink -> sink.alert(alert));
    }

    @Override
    public void statistics(Statistics statistics) {
        all.add(sink -> sink.statistics(statistics));
    }

    /** Returns how many nanoseconds of this thread's processor time that took. */
    long write(Format format, OutputStream out) {
        long startNs = THREADS.getCurrentThreadCpuTime();
        EventSink sink = format.sink(out, format.toString(), false, Set.of());
        all.forEach(said -> said.accept(sink));
        sink.flush();
        return THREADS.getCurrentThreadCpuTime() - startNs;
    }

    @Override
    public void flush() {
        // It has no other side.
    }

    @Override
    public void close() {
        // Nor one that could be closed.
    }
}
