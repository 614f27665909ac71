package org.sandbar.event;

import java.util.Comparator;
import org.sandbar.flow.Conversation;

/**
 * Something that happened, with the facts that are known of it. Stage 1 makes it and lets go of it; from then on stage 2 owns it,
 * adds the common facts, and may keep it. Values are of the types that {@link Field.Type} names; the bytes behind them have been
 * copied. Not for two threads at once.
 */
public final class Event {
    /**
     * The order of the run, whatever number of shards it was told by: by packet; what ended before a packet was looked at comes
     * before what that packet told.
     */
    public static final Comparator<Event> ORDER = (one, other) -> one.ordinal() != other.ordinal()
            ? Long.compare(one.ordinal(), other.ordinal())
            : Long.compare(one.rank(), other.rank());

    private static final long TOLD_BY_PACKET = Long.MAX_VALUE;

    private final EventKind kind;
    private final Conversation flow;
    private final long ordinal;
    private final long timeNs;
    private final long rank;
    private final Object[] values;

    private Event(EventKind kind, Conversation flow, long ordinal, long timeNs, long rank) {
        this.kind = kind;
        this.flow = flow;
        this.ordinal = ordinal;
        this.timeNs = timeNs;
        this.rank = rank;
        values = new Object[kind.slots()];
    }

    /** Told by a packet of the flow. */
    public static Event at(EventKind kind, Conversation flow, long ordinal, long timeNs) {
        return new Event(kind, flow, ordinal, timeNs, TOLD_BY_PACKET);
    }

    /** Told by the passing of time, which the packet of this ordinal brought. */
    public static Event before(EventKind kind, Conversation flow, long ordinal, long timeNs) {
        return new Event(kind, flow, ordinal, timeNs, flow.firstOrdinal());
    }

    /** Told by the same packet, of the same flow, as another. */
    public static Event like(EventKind kind, Event other) {
        return new Event(kind, other.flow, other.ordinal, other.timeNs, other.rank);
    }

    /** The same event with the same facts, for facts of one alert alone. */
    public Event copy() {
        Event copy = like(kind, this);
        System.arraycopy(values, 0, copy.values, 0, values.length);
        return copy;
    }

    /** Sets one fact; null means that it is not known. */
    public Event set(Field field, Object value) {
        values[field.slot()] = value;
        return this;
    }

    public Event set(Field field, long value) {
        return set(field, (Object) value);
    }

    public Event set(Field field, boolean value) {
        return set(field, (Object) value);
    }

    public Object get(Field field) {
        return field.read(this);
    }

    /** A number or a time, without making an object of it; {@link Field#UNKNOWN} where it is not known. */
    public long number(Field field) {
        return field.readNumber(this);
    }

    /** Whether a flag is set and true. */
    public boolean is(Field flag) {
        return Boolean.TRUE.equals(field(flag));
    }

    public String text(Field field) {
        return (String) field(field);
    }

    private Object field(Field field) {
        return field.read(this);
    }

    Object slot(int slot) {
        return values[slot];
    }

    public EventKind kind() {
        return kind;
    }

    public Conversation flow() {
        return flow;
    }

    /** Number of the packet that told it, from 1. */
    public long ordinal() {
        return ordinal;
    }

    private long rank() {
        return rank;
    }

    /** Nanoseconds since 1970, of that packet. */
    public long timeNs() {
        return timeNs;
    }
}
