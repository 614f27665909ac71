package org.sandbar.output;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sandbar.trust.HostActivity;

/**
 * Writes the {@code stats} of EVE and, under {@code sandbar} alone, of ECS: the counters in the first line, and the hosts after them in as many lines as it takes to keep each
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
        write(statistics, false);
    }

    /** As ECS: what has no place there, which is all but the time, stands under {@code sandbar}. */
    void writeEcs(Statistics statistics) throws IOException {
        write(statistics, true);
    }

    private void write(Statistics statistics, boolean ecs) throws IOException {
        List<HostActivity> hosts = statistics.hosts();
        int next = 0;
        do {
            boolean first = next == 0;
            json.writeStartObject();
            if (ecs) {
                writeEcsHead(statistics);
            } else {
                json.writeFieldName("timestamp");
                times.write(json, statistics.timeNs());
                json.writeStringField("event_type", "stats");
                writeCounters("stats", first ? statistics.counters() : Map.of());
            }
            json.writeObjectFieldStart("sandbar");
            if (first) {
                writeCounters("stats", ecs ? all(statistics) : statistics.own());
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

    /** Adds what it writes to a schema. */
    static void describe(Schema schema, boolean ecs) {
        Schema own = schema.object("sandbar");
        own.object("stats").open();
        own.list("hosts").open();
        if (ecs) {
            schema.object("event").value("kind", List.of(Source.constant("metric")), false);
        } else {
            schema.object("stats").open();
        }
    }

    private static Map<String, Object> all(Statistics statistics) {
        Map<String, Object> all = new LinkedHashMap<>(statistics.counters());
        all.putAll(statistics.own());
        return all;
    }

    private void writeEcsHead(Statistics statistics) throws IOException {
        json.writeFieldName("@timestamp");
        times.write(json, statistics.timeNs());
        json.writeObjectFieldStart("ecs");
        json.writeStringField("version", "8.11.0");
        json.writeEndObject();
        json.writeObjectFieldStart("event");
        json.writeStringField("kind", "metric");
        json.writeStringField("module", "sandbar");
        json.writeStringField("dataset", "sandbar.stats");
        json.writeEndObject();
    }

    private void writeCounters(String name, Map<?, ?> counters) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<?, ?> counter : counters.entrySet()) {
            if (counter.getValue() instanceof Map<?, ?> inner) {
                writeCounters(counter.getKey().toString(), inner);
            } else {
                json.writeNumberField(counter.getKey().toString(), (long) counter.getValue());
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
