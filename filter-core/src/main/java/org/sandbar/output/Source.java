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
 * @param name as mappings name it
 * @param field the field, or null where it is none
 * @param reader takes the event, and the alert that the record is about or null; answers null where the value is not known
 */
record Source(String name, Type type, Unit unit, String meaning, Field field, BiFunction<Event, Alert, Object> reader) {
    static Source of(Field field) {
        return new Source(
                field.path(), field.type(), field.unit(), field.meaning(), field, (event, alert) -> event.get(field));
    }

    static Source constant(Object value) {
        Type type = value instanceof String ? Type.TEXT : value instanceof Long ? Type.NUMBER : Type.FLAG;
        return new Source(null, type, Unit.NONE, "", null, (event, alert) -> value);
    }

    /** The same as another type of value. */
    Source as(Conversion conversion) {
        return new Source(
                name,
                conversion.type(type),
                conversion == Conversion.NANOSECONDS ? Unit.NANOSECONDS : unit,
                meaning,
                field,
                (event, alert) -> {
                    Object value = reader.apply(event, alert);
                    return value == null ? null : conversion.of(value);
                });
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
