package org.sandbar.output;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.sandbar.event.Event;
import org.sandbar.event.EventKind;
import org.sandbar.event.Field.Type;
import org.sandbar.output.Mapping.Place;
import org.sandbar.verdict.Alert;

/**
 * Records as a header and {@code key=value} pairs: CEF and LEEF. A list is written with commas between its entries (one within an entry is
 * <code>&#92;u002c</code>), a table as JSON. Statistics have no place in these formats. One thread.
 */
final class ExtensionSink extends LineSink {
    /** CEF's own bound for most of its keys. */
    private static final int LONGEST_VALUE = 1_023;

    /** A header's field or a key, and where its value comes from: the first that is known. */
    record Attribute(String key, String label, List<Source> sources) {
        private static Attribute of(String place) {
            int label = place.indexOf('(');
            return label < 0
                    ? new Attribute(place, null, new ArrayList<>())
                    : new Attribute(
                            place.substring(0, label),
                            place.substring(label + 1, place.length() - 1),
                            new ArrayList<>());
        }

        boolean isHeader() {
            return key.charAt(0) == '#';
        }
    }

    private final Dialect dialect;
    private final String start;
    private final TimeStamp times = new TimeStamp(TimeStamp.Style.MILLISECONDS);
    private final Layouts<List<Attribute>> layouts;
    private final StringBuilder text = new StringBuilder(LONGEST_LINE);

    /** Writes to a stream that it closes in the end. */
    ExtensionSink(OutputStream out, String destination, Set<String> wanted, Dialect dialect) {
        super(out, destination, wanted);
        this.dialect = dialect;
        start = dialect.start();
        layouts = new Layouts<>((kind, alert) -> layout(dialect, kind, alert));
    }

    /** The header's fields first. */
    static List<Attribute> layout(Dialect dialect, EventKind kind, boolean alert) {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        for (Place place : dialect.mapping().places(kind, alert, Told.fields(kind, alert))) {
            attributes.computeIfAbsent(place.path(), Attribute::of).sources.add(place.source());
        }
        return List.copyOf(attributes.values());
    }

    /** Adds what stands in records about events of this kind: the header's fields, then the pairs. */
    static void describe(Dialect dialect, EventKind kind, boolean alert, Schema schema) {
        schema.value("version", List.of(Source.constant(dialect.version())), false);
        schema.value("vendor", List.of(Source.constant(Dialect.MAKER)), false);
        schema.value("product", List.of(Source.constant(Dialect.MAKER)), false);
        schema.value("productVersion", List.of(Told.source("version", kind)), false);
        for (Attribute attribute : layout(dialect, kind, alert)) {
            schema.value(attribute.isHeader() ? attribute.key.substring(1) : attribute.key, attribute.sources, false);
            if (attribute.label != null) {
                schema.value(attribute.key + "Label", List.of(Source.constant(attribute.label)), false);
            }
        }
    }

    @Override
    void write(Event event, Alert alert, int textLimit) throws IOException {
        text.setLength(0);
        text.append(start);
        boolean inHeader = true;
        boolean first = true;
        for (Attribute attribute : layouts.of(event, alert)) {
            String value = value(attribute, event, alert, textLimit);
            if (attribute.isHeader()) {
                text.append(dialect.header(value)).append('|');
                continue;
            }
            if (inHeader) {
                text.append(dialect.end());
                inHeader = false;
            }
            if (value != null) {
                first = pair(attribute.key, value, first);
                if (attribute.label != null) {
                    pair(attribute.key + "Label", attribute.label, false);
                }
            }
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        line.write(bytes, 0, bytes.length);
    }

    private boolean pair(String key, String value, boolean first) {
        if (!first) {
            text.append(dialect.delimiter());
        }
        text.append(key).append('=').append(dialect.value(value));
        return false;
    }

    private String value(Attribute attribute, Event event, Alert alert, int textLimit) throws IOException {
        for (Source source : attribute.sources) {
            Object value = source.read(event, alert);
            if (value != null) {
                return spelled(
                        source.type(),
                        value,
                        source.isFromWire() ? Math.min(textLimit, LONGEST_VALUE) : Integer.MAX_VALUE);
            }
        }
        return null;
    }

    private String spelled(Type type, Object value, int limit) throws IOException {
        if (value instanceof String string) {
            return visible(string, limit);
        } else if (type == Type.TIME) {
            return times.of((Long) value);
        } else if (type == Type.ROWS) {
            return table(value, limit);
        } else if (value instanceof List<?> list) {
            StringJoiner entries = new StringJoiner(",");
            for (Object entry : list.subList(0, Math.min(limit, list.size()))) {
                entries.add(visible(entry.toString(), limit).replace(",", Visible.escaped(',')));
            }
            return entries.toString();
        }
        return value.toString();
    }

    /** Readers trim blanks at a value's ends, so that these are escaped too. */
    private static String visible(String value, int limit) {
        String visible = Visible.of(JsonValue.cut(value, limit));
        if (visible.startsWith(" ")) {
            visible = Visible.escaped(' ') + visible.substring(1);
        }
        return visible.endsWith(" ") ? visible.substring(0, visible.length() - 1) + Visible.escaped(' ') : visible;
    }

    private String table(Object rows, int limit) throws IOException {
        ByteArrayOutputStream table = new ByteArrayOutputStream(256);
        try (JsonGenerator json = VisibleJson.generator(table)) {
            JsonValue.write(json, Type.ROWS, rows, times, limit);
        }
        return table.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void statistics(Statistics statistics) {
        // No place for them.
    }
}
