package org.sandbar.output;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.sandbar.event.EventKind;
import org.sandbar.event.Field;

/** The formats in which Sandbar tells events, by the names that {@code -o} gives them. */
public enum Format {
    /** Suricata's EVE JSON. */
    EVE(TimeStamp.Style.EVE, "timestamp", "event_type"),
    /** The Elastic Common Schema. */
    ECS(TimeStamp.Style.INTERNET, "@timestamp", "ecs", "event"),
    /** The Open Cybersecurity Schema Framework, classes 2004 and 4001. */
    OCSF(
            TimeStamp.Style.MILLISECONDS,
            "time",
            "class_uid",
            "category_uid",
            "activity_id",
            "type_uid",
            "severity_id",
            "metadata"),
    /** ArcSight's Common Event Format. */
    CEF(TimeStamp.Style.MILLISECONDS, "version", "vendor", "product", "productVersion", "id", "name", "severity", "rt"),
    /** IBM's Log Event Extended Format. */
    LEEF(TimeStamp.Style.MILLISECONDS, "version", "vendor", "product", "productVersion", "id", "devTime"),
    /** Lines for people. */
    TEXT(TimeStamp.Style.EVE);

    private final TimeStamp.Style times;
    private final List<String> always;

    /** {@code always} are the members that every record has. */
    Format(TimeStamp.Style times, String... always) {
        this.times = times;
        this.always = List.of(always);
    }

    /** As the user writes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All names. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Format::toString).toList();
    }

    /** The format of this name, which is one of {@link #names()}. */
    public static Format of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /**
     * A sink that writes to a stream, which it closes in the end.
     *
     * @param destination its name in messages
     * @param coloured whether lines for people may have colours
     * @param wanted the event types to write; all where it is empty
     */
    public EventSink sink(OutputStream out, String destination, boolean coloured, Set<String> wanted) {
        return switch (this) {
            case EVE -> new EveSink(out, destination, wanted);
            case ECS -> new JsonSink(out, destination, wanted, ecs(), times, true);
            case OCSF -> new JsonSink(out, destination, wanted, ocsf(), times, false);
            case CEF -> new ExtensionSink(out, destination, wanted, Dialect.CEF);
            case LEEF -> new ExtensionSink(out, destination, wanted, Dialect.LEEF);
            case TEXT -> new TextSink(out, destination, coloured, wanted);
        };
    }

    /**
     * The JSON Schema of a record, from the same tables as the sink; of CEF and LEEF as it is when its header and its pairs are read into
     * one object.
     *
     * @param kinds the kinds of events that there are
     * @param example of a field, as EVE has it in JSON, or empty
     */
    public String schema(List<EventKind> kinds, Function<Field, String> example) {
        Schema schema = new Schema(times);
        for (EventKind kind : kinds) {
            describe(kind, false, schema);
            describe(kind, true, schema);
        }
        if (this == EVE || this == ECS) {
            StatsWriter.describe(schema, this == ECS);
        }
        return this == TEXT
                ? Schema.ofText(TextSink.LINE)
                : schema.json("Sandbar's " + this + " output", always, example);
    }

    private void describe(EventKind kind, boolean alert, Schema schema) {
        switch (this) {
            case EVE -> EveSink.describe(kind, alert, schema);
            case ECS -> JsonSink.layout(ecs(), kind, alert).describe(schema);
            case OCSF -> JsonSink.layout(ocsf(), kind, alert).describe(schema);
            case CEF -> ExtensionSink.describe(Dialect.CEF, kind, alert, schema);
            case LEEF -> ExtensionSink.describe(Dialect.LEEF, kind, alert, schema);
            case TEXT -> {
                // Has no fields.
            }
        }
    }

    /**
     * The rows of the format's table, for people: which records, the place in them, what stands there, and how it is spelled. None for the
     * formats that have the fields where they are.
     */
    public List<List<String>> table() {
        return this == TEXT || this == EVE
                ? List.of()
                : Table.rows(this + ".txt").stream().map(List::of).toList();
    }

    private static Mapping ecs() {
        return new Mapping("ecs.txt", field -> "sandbar." + field.path());
    }

    private static Mapping ocsf() {
        return new Mapping("ocsf.txt", field -> "unmapped." + field.path());
    }
}
