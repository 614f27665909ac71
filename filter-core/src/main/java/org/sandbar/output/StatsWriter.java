package org.sandbar.output;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.sandbar.trust.HostActivity;

/**
 * Writes EVE's {@code stats} event: the counters in the first line, and the hosts after them in as many lines as it takes to keep each
 * under the sink's bound. One thread.
 */
final class StatsWriter {
    /** Room for the end of a row that was begun below this length, and of the line. */
    private static final int FULL_AT = EveSink.LONGEST_LINE - 2_048;

    private final JsonGenerator json;
    private final LineBuffer line;
    private final TimeStamp times;

    StatsWriter(JsonGenerator json, LineBuffer line, TimeStamp times) {
        this.json = json;
        this.line = line;
        this.times = times;
    }

    void write(Statistics statistics) throws IOException {
        List<HostActivity> hosts = statistics.hosts();
        int next = 0;
        do {
            json.writeStartObject();
            json.writeFieldName("timestamp");
            times.write(json, statistics.timeNs());
            json.writeStringField("event_type", "stats");
            boolean first = next == 0;
            writeCounters("stats", first ? statistics.counters() : Map.of());
            json.writeObjectFieldStart("sandbar");
            if (first) {
                writeCounters("stats", statistics.own());
            }
            json.writeArrayFieldStart("hosts");
            json.flush();
            while (next < hosts.size() && line.lineLength() < FULL_AT) {
                writeHost(hosts.get(next++));
                json.flush();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
            json.flush();
            line.endLine();
        } while (next < hosts.size());
    }

    private void writeCounters(String name, Map<String, ?> counters) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, ?> counter : counters.entrySet()) {
            if (counter.getValue() instanceof Map<?, ?> inner) {
                json.writeObjectFieldStart(counter.getKey());
                for (Map.Entry<?, ?> entry : inner.entrySet()) {
                    json.writeNumberField(entry.getKey().toString(), (long) entry.getValue());
                }
                json.writeEndObject();
            } else {
                json.writeNumberField(counter.getKey(), (long) counter.getValue());
            }
        }
        json.writeEndObject();
    }

    private void writeHost(HostActivity activity) throws IOException {
        json.writeStartObject();
        json.writeStringField(
                "ip", activity.host() == null ? null : activity.host().toString());
        json.writeStringField("class", activity.trustClass().key());
        if (activity.agent() != null) {
            json.writeStringField("agent", activity.agent());
        }
        json.writeNumberField("flows", activity.flows());
        json.writeNumberField("bytes", activity.bytes());
        json.writeObjectFieldStart("signals");
        for (Map.Entry<String, Long> signal : activity.signals().entrySet()) {
            json.writeNumberField(signal.getKey(), signal.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
