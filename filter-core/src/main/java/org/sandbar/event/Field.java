package org.sandbar.event;

import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * One fact that an event can hold: its path, type and meaning. The path is the JSON path, without the leading {@code sandbar.} for
 * a field of Sandbar's own. A value is what {@link Type} says, or null where the fact is not known. Immutable, any thread.
 */
public final class Field {
    /** What a value is: the Java type that stands for it, and what a rule may compare it with. */
    public enum Type {
        /** A String. */
        TEXT,
        /** A List of String. */
        TEXTS,
        /** A Long. */
        NUMBER,
        /** A Double. */
        DECIMAL,
        /** A Boolean. */
        FLAG,
        /** An {@link org.sandbar.wire.Address}. */
        ADDRESS,
        /** An {@link org.sandbar.wire.Address}; where it is absent any is meant, which is written as null. */
        ADDRESS_OR_ANY,
        /** A List of {@link org.sandbar.wire.Address}. */
        ADDRESSES,
        /** A Long: nanoseconds since 1970, written as a time stamp. */
        TIME,
        /** A List of Map from String to Object, for people and machines to read; rules cannot look inside. */
        ROWS
    }

    /** What {@link Event#number} answers where the fact is not known. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    private final String path;
    private final Type type;
    private final boolean own;
    private final String meaning;
    private final int slot;
    private final Function<Event, Object> reader;
    private final ToLongFunction<Event> numberReader;

    Field(String path, Type type, boolean own, String meaning, int slot, Function<Event, Object> reader) {
        this.path = path;
        this.type = type;
        this.own = own;
        this.meaning = meaning;
        this.slot = slot;
        this.reader = reader;
        numberReader = event -> {
            Object value = read(event);
            return value instanceof Long number ? number : UNKNOWN;
        };
    }

    /** A number or a time that is derived, and read without an object. */
    Field(String path, Type type, String meaning, ToLongFunction<Event> reader) {
        this.path = path;
        this.type = type;
        this.meaning = meaning;
        own = false;
        slot = -1;
        numberReader = reader;
        this.reader = event -> {
            long number = reader.applyAsLong(event);
            return number == UNKNOWN ? null : (Object) number;
        };
    }

    public String path() {
        return path;
    }

    public Type type() {
        return type;
    }

    /** Whether the field is written under the key {@code sandbar}, as against where EVE has it. */
    public boolean isOwn() {
        return own;
    }

    public String meaning() {
        return meaning;
    }

    Object read(Event event) {
        return reader != null ? reader.apply(event) : event.slot(slot);
    }

    long readNumber(Event event) {
        return numberReader.applyAsLong(event);
    }

    int slot() {
        if (reader != null) {
            throw new IllegalArgumentException(path + " is derived and cannot be set");
        }
        return slot;
    }

    @Override
    public String toString() {
        return path;
    }
}
