package org.sandbar.output;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import org.sandbar.event.Event;
import org.sandbar.event.EventKind;
import org.sandbar.verdict.Alert;

/** Records as the JSON of a published schema, a line each, laid out by a {@link Mapping} alone. One thread. */
final class JsonSink extends LineSink {
    private final JsonGenerator json;
    private final TimeStamp times;
    private final Layouts<RecordTree> layouts;
    private final boolean tellsStatistics;

    /** Writes to a stream that it closes in the end, and tells statistics only where the schema has a place for them. */
    JsonSink(
            OutputStream out,
            String destination,
            Set<String> wanted,
            Mapping mapping,
            TimeStamp.Style style,
            boolean tellsStatistics) {
        super(out, destination, wanted);
        this.tellsStatistics = tellsStatistics;
        json = VisibleJson.generator(line);
        times = new TimeStamp(style);
        layouts = new Layouts<>((kind, alert) -> layout(mapping, kind, alert));
    }

    static RecordTree layout(Mapping mapping, EventKind kind, boolean alert) {
        return RecordTree.of(mapping.places(kind, alert, Told.fields(kind, alert)));
    }

    @Override
    void write(Event event, Alert alert, int textLimit) throws IOException {
        json.writeStartObject();
        layouts.of(event, alert).writeMembers(json, event, alert, times, textLimit);
        json.writeEndObject();
        json.flush();
    }

    @Override
    public void statistics(Statistics statistics) {
        if (tellsStatistics && isWanted("stats")) {
            try {
                new StatsWriter(json, line, times).writeEcs(statistics);
            } catch (IOException impossible) {
                throw new IllegalStateException("writing to memory cannot fail", impossible);
            }
        }
    }
}
