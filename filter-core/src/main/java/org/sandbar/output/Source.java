package org.sandbar.output;

import java.util.function.BiFunction;
import org.sandbar.event.Event;
import org.sandbar.event.Field;
import org.sandbar.event.Field.Type;
import org.sandbar.event.Field.Unit;
import org.sandbar.verdict.Alert;

/**
 * Where a value of a record comes from: a field of the event, something that follows from the event or from the rule that fired, or a
 * constant. Immutable, any thread.
 *
 * @param name as mappings name it; null for a constant
 * @param field the field, or null where it is none
 * @param as how it is spelled
 * @param reader takes the event, and the alert that the record is about or null; answers null where the value is not known
 */
record Source(
        String name,
        Type type,
        Unit unit,
        String meaning,
        Field field,
        Conversion as,
        BiFunction<Event, Alert, Object> reader) {
    Source(String name, Type type, Unit unit, String meaning, BiFunction<Event, Alert, Object> reader) {
        this(name, type, unit, meaning, null, Conversion.AS_IS, reader);
    }

    static Source of(Field field) {
        return new Source(
                field.path(),
                field.type(),
                field.unit(),
                field.meaning(),
                field,
                Conversion.AS_IS,
                (event, alert) -> event.get(field));
    }

    static Source constant(Object value) {
        Type type = value instanceof String ? Type.TEXT : value instanceof Long ? Type.NUMBER : Type.FLAG;
        return new Source(null, type, Unit.NONE, "", (event, alert) -> value);
    }

    /** The same, spelled otherwise. */
    Source as(Conversion conversion) {
        return conversion == Conversion.AS_IS
                ? this
                : new Source(name, conversion.type(type), unit, meaning, field, conversion, (event, alert) -> {
                    Object value = reader.apply(event, alert);
                    return value == null ? null : conversion.of(value);
                });
    }

    /** Whether it is what the event has, and nothing is done with it. */
    boolean isPlainField() {
        return field != null && as == Conversion.AS_IS;
    }

    /** Whether it may be as long as somebody made it. */
    boolean isFromWire() {
        return field != null && !field.isDerived();
    }

    boolean isConstant() {
        return name == null;
    }

    Object read(Event event, Alert alert) {
        return reader.apply(event, alert);
    }
}
