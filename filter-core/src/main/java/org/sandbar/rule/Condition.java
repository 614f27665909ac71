package org.sandbar.rule;

import java.util.List;
import org.sandbar.event.Event;
import org.sandbar.event.Field;
import org.sandbar.wire.Address;
import org.sandbar.wire.Network;

/**
 * What must hold of an event, compiled for one kind. A comparison with a fact that is not known is false, and so its negation true.
 * Asking
 * allocates nothing; regular expressions, calendar dates and some derived fields that two facts are compared by apart. Immutable, any
 * thread.
 */
public sealed interface Condition {
    boolean matches(Event event);

    static Condition all(List<Condition> parts) {
        return parts.size() == 1 ? parts.get(0) : new All(parts.toArray(new Condition[0]));
    }

    static Condition any(List<Condition> parts) {
        return parts.size() == 1 ? parts.get(0) : new Any(parts.toArray(new Condition[0]));
    }

    /** Every part holds. */
    record All(Condition[] parts) implements Condition {
        @Override
        public boolean matches(Event event) {
            for (Condition part : parts) {
                if (!part.matches(event)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Some part holds. */
    record Any(Condition[] parts) implements Condition {
        @Override
        public boolean matches(Event event) {
            for (Condition part : parts) {
                if (part.matches(event)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** So many parts hold. */
    record AtLeast(int least, Condition[] parts) implements Condition {
        @Override
        public boolean matches(Event event) {
            int holding = 0;
            for (int i = 0; holding < least && i < parts.length; i++) {
                if (parts[i].matches(event)) {
                    holding++;
                }
            }
            return holding >= least;
        }
    }

    record Not(Condition part) implements Condition {
        @Override
        public boolean matches(Event event) {
            return !part.matches(event);
        }
    }

    /** Some or all values of variables fit. What a rule says must make sense whatever a user's variables hold, so nobody looks inside. */
    record Expanded(Condition values) implements Condition {
        @Override
        public boolean matches(Event event) {
            return values.matches(event);
        }
    }

    /** The fact is not known. */
    record Absent(Field field) implements Condition {
        @Override
        public boolean matches(Event event) {
            return event.get(field) == null;
        }
    }

    record Text(Field field, TextPattern pattern) implements Condition {
        @Override
        public boolean matches(Event event) {
            return event.get(field) instanceof String text && pattern.matches(text);
        }
    }

    /** Some text of a list matches. */
    record Texts(Field field, TextPattern pattern) implements Condition {
        @Override
        public boolean matches(Event event) {
            if (event.get(field) instanceof List<?> texts) {
                for (int i = 0; i < texts.size(); i++) {
                    if (texts.get(i) instanceof String text && pattern.matches(text)) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    /** How a number stands to another. */
    enum Relation {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL;

        boolean holds(int comparison) {
            return switch (this) {
                case EQUAL -> comparison == 0;
                case NOT_EQUAL -> comparison != 0;
                case LESS -> comparison < 0;
                case LESS_OR_EQUAL -> comparison <= 0;
                case GREATER -> comparison > 0;
                case GREATER_OR_EQUAL -> comparison >= 0;
            };
        }
    }

    record Number(Field field, Relation relation, long operand) implements Condition {
        @Override
        public boolean matches(Event event) {
            long number = event.number(field);
            return number != Field.UNKNOWN && relation.holds(Long.compare(number, operand));
        }
    }

    /** A part of a time, as a number. */
    record Time(Field field, TimePart part, Relation relation, long operand) implements Condition {
        @Override
        public boolean matches(Event event) {
            long timeNs = event.number(field);
            return timeNs != Field.UNKNOWN && relation.holds(Long.compare(part.of(timeNs), operand));
        }
    }

    record Decimal(Field field, Relation relation, double operand) implements Condition {
        @Override
        public boolean matches(Event event) {
            return event.get(field) instanceof Double number && relation.holds(Double.compare(number, operand));
        }
    }

    record Flag(Field field, boolean wanted) implements Condition {
        @Override
        public boolean matches(Event event) {
            return event.get(field) instanceof Boolean flag && flag == wanted;
        }
    }

    /** The address, or some address of a list, is of the network. */
    record In(Field field, Network network) implements Condition {
        @Override
        public boolean matches(Event event) {
            Object value = event.get(field);
            if (value instanceof List<?> addresses) {
                for (int i = 0; i < addresses.size(); i++) {
                    if (addresses.get(i) instanceof Address address && network.contains(address)) {
                        return true;
                    }
                }
            }
            return value instanceof Address address && network.contains(address);
        }
    }

    /**
     * Two facts, both known, are the same, or the second stands at that place of the first; texts apart from letter case unless
     * {@code cased}. Of a list one element will do, unless the other is a list too.
     */
    record Same(Field field, Field other, TextPattern.Place place, boolean cased) implements Condition {
        @Override
        public boolean matches(Event event) {
            Object one = event.get(field);
            Object two = event.get(other);
            if (one == null || two == null) {
                return false;
            }
            if (one instanceof List<?> elements && !(two instanceof List<?>)) {
                for (int i = 0; i < elements.size(); i++) {
                    if (same(elements.get(i), two)) {
                        return true;
                    }
                }
                return false;
            }
            return same(one, two);
        }

        private boolean same(Object one, Object two) {
            if (one instanceof String text && two instanceof String value) {
                return place.has(text, value, cased);
            }
            return one.equals(two);
        }
    }
}
