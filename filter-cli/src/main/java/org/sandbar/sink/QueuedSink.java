package org.sandbar.sink;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.function.Function;
import org.sandbar.event.Event;
import org.sandbar.output.EventSink;
import org.sandbar.output.Statistics;
import org.sandbar.rule.Rule;
import org.sandbar.verdict.Alert;

/**
 * Stands between a format and the delivery of its lines: what the format writes for an event becomes lines that know the event's time,
 * kind, severity and flow. Any format fits that ends each record with a line feed and has none in it. One thread.
 */
public final class QueuedSink implements EventSink {
    private static final int INFORMATIONAL = 6;
    private static final int NOTICE = 5;
    private static final int WARNING = 4;
    private static final int ERROR = 3;
    private static final int CRITICAL = 2;

    private final Delivery delivery;
    private final EventSink format;
    private final boolean keyed;
    private long sequence;
    private long timeNs;
    private String kind = "";
    private int severity;
    private String key = "";

    /**
     * @param sequence the number of the last line that was added before
     * @param keyed whether the destination asks for the flow's community id
     * @param format makes the format that writes to a stream
     */
    QueuedSink(Delivery delivery, long sequence, boolean keyed, Function<OutputStream, EventSink> format) {
        this.delivery = delivery;
        this.sequence = sequence;
        this.keyed = keyed;
        this.format = format.apply(new Lines());
    }

    public Delivery delivery() {
        return delivery;
    }

    @Override
    public void event(Event event) {
        describe(event, event.kind().name(), INFORMATIONAL);
        format.event(event);
        format.flush();
    }

    @Override
    public void alert(Alert alert) {
        describe(alert.event(), "alert", severity(alert.rule().level()));
        format.alert(alert);
        format.flush();
    }

    @Override
    public void statistics(Statistics statistics) {
        timeNs = statistics.timeNs();
        kind = "stats";
        severity = INFORMATIONAL;
        key = "";
        format.statistics(statistics);
        format.flush();
    }

    private void describe(Event event, String kind, int severity) {
        timeNs = event.timeNs();
        this.kind = kind;
        this.severity = severity;
        key = keyed ? event.flow().communityId() : "";
    }

    /** Sigma's levels in syslog's words. */
    private static int severity(Rule.Level level) {
        return switch (level) {
            case INFORMATIONAL -> INFORMATIONAL;
            case LOW -> NOTICE;
            case MEDIUM -> WARNING;
            case HIGH -> ERROR;
            case CRITICAL -> CRITICAL;
        };
    }

    /** Lines are on their way as soon as they are written. */
    @Override
    public void flush() {
        format.flush();
    }

    @Override
    public void close() {
        format.close();
        delivery.close();
    }

    /** Cuts what the format hands over, which is whole lines. */
    private final class Lines extends OutputStream {
        @Override
        public void write(int letter) {
            throw new UnsupportedOperationException("formats hand over whole lines");
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            int start = offset;
            for (int at = offset; at < offset + length; at++) {
                if (bytes[at] == '\n') {
                    byte[] line = Arrays.copyOfRange(bytes, start, at);
                    delivery.add(new Line(line, timeNs, kind, severity, key, ++sequence));
                    start = at + 1;
                }
            }
        }
    }
}
