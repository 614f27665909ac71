package org.sandbar.event;

import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * One fact that an event can hold: its path, type, unit and meaning. The path is the JSON path, without the leading {@code sandbar.} for
 * a field of Sandbar's own. A value is what {@link Type} says, or null where the fact is not known. Immutable, any thread.
 */
public final class Field {
    /** What a value is: the Java type that stands for it, and what a rule may compare it with. */
    public enum Type {
        /** A String. */
        TEXT("text"),
        /** A List of String. */
        TEXTS("a list of texts"),
        /** A Long. */
        NUMBER("a number"),
        /** A Double. */
        DECIMAL("a number"),
        /** A Boolean. */
        FLAG("true or false"),
        /** An {@link org.sandbar.wire.Address}. */
        ADDRESS("an address"),
        /** An {@link org.sandbar.wire.Address}; where it is absent any is meant, which is written as null. */
        ADDRESS_OR_ANY("an address"),
        /** A List of {@link org.sandbar.wire.Address}. */
        ADDRESSES("a list of addresses"),
        /** A Long: nanoseconds since 1970, written as a time stamp. */
        TIME("a time"),
        /** A List of Map from String to Object, for people and machines to read; rules cannot look inside. */
        ROWS("a table");

        private final String called;

        Type(String called) {
            this.called = called;
        }

        /** For people, with its article. */
        public String called() {
            return called;
        }
    }

    /** What a number counts, and so which numbers there can be. */
    public enum Unit {
        /** Of what is no number. */
        NONE(""),
        BITS_PER_BYTE("bits a byte", 0, 8),
        BYTES("bytes"),
        /** A number that stands for something, with which nobody calculates. */
        CODE("code"),
        /** How many there are of what the meaning says. */
        COUNT("count"),
        IDENTIFIER("identifier"),
        /** Of what was computed of another field. */
        OF_THE_FIELD("that of the field", Long.MIN_VALUE, Long.MAX_VALUE),
        NANOSECONDS("nanoseconds"),
        PACKETS("packets"),
        PACKET_NUMBER("packet number", 1, Long.MAX_VALUE),
        PORT("port", 0, 65_535),
        SECONDS("seconds"),
        /** A sum of weights of the table of trust, which may be below zero. */
        WEIGHT("weight", Long.MIN_VALUE, Long.MAX_VALUE);

        private final String called;
        private final long least;
        private final long most;

        Unit(String called) {
            this(called, 0, Long.MAX_VALUE);
        }

        Unit(String called, long least, long most) {
            this.called = called;
            this.least = least;
            this.most = most;
        }

        /** For people; empty where there is none. */
        public String called() {
            return called;
        }

        /** The least value that a field of this unit can hold. */
        public long least() {
            return least;
        }

        /** The greatest value that a field of this unit can hold. */
        public long most() {
            return most;
        }
    }

    /** What {@link Event#number} answers where the fact is not known. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    private final String path;
    private final Type type;
    private final Unit unit;
    private final boolean own;
    private final String meaning;
    private final int slot;
    private final Function<Event, Object> reader;
    private final ToLongFunction<Event> numberReader;

    Field(String path, Type type, Unit unit, boolean own, String meaning, int slot, Function<Event, Object> reader) {
        this.path = path;
        this.type = type;
        this.unit = unit;
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
    Field(String path, Type type, Unit unit, String meaning, ToLongFunction<Event> reader) {
        this.path = path;
        this.type = type;
        this.unit = unit;
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

    /** {@link Unit#NONE} where the value is no number. */
    public Unit unit() {
        return unit;
    }

    /** Whether the field is written under the key {@code sandbar}, as against where EVE has it. */
    public boolean isOwn() {
        return own;
    }

    public String meaning() {
        return meaning;
    }

    /** Whether the value follows from the flow and the packet, so that nobody sets it. */
    public boolean isDerived() {
        return reader != null;
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
