package org.sandbar.rule;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.sandbar.bytes.Words;
import org.sandbar.event.Field;
import org.sandbar.rule.Condition.Relation;

/** Says in words what a condition asks for: a line for each comparison, those of a group further in than what joins them. */
public final class ConditionText {
    private static final String STEP = "  ";

    private final StringBuilder text = new StringBuilder();
    private final Set<Field> fields = new LinkedHashSet<>();

    /** Begins each line with this. */
    public ConditionText(Condition condition, String indent) {
        add(condition, true, indent);
    }

    /** The fields that it asks for, in the order in which it does. */
    public Set<Field> fields() {
        return fields;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private void add(Condition condition, boolean holds, String indent) {
        if (condition instanceof Condition.Not not) {
            add(not.part(), !holds, indent);
        } else if (condition instanceof Condition.Expanded expanded) {
            add(expanded.values(), holds, indent);
        } else if (condition instanceof Condition.All all) {
            group(holds ? "all of these:" : "not all of these:", flat(all.parts()), indent);
        } else if (condition instanceof Condition.AtLeast some) {
            group((holds ? "" : "not ") + some.least() + " of these at least:", List.of(some.parts()), indent);
        } else if (condition instanceof Condition.Any any) {
            String values = values(any.parts(), holds);
            if (values == null) {
                group(holds ? "one of these at least:" : "none of these:", List.of(any.parts()), indent);
            } else {
                line(values, indent);
            }
        } else {
            Comparison comparison = comparison(condition, holds);
            line(comparison.question + comparison.value, indent);
        }
    }

    /** All of some that are all of others are all of those. */
    private static List<Condition> flat(Condition[] parts) {
        List<Condition> flat = new ArrayList<>();
        for (Condition part : parts) {
            if (part instanceof Condition.All all) {
                flat.addAll(flat(all.parts()));
            } else {
                flat.add(part);
            }
        }
        return flat;
    }

    private void group(String joined, List<Condition> parts, String indent) {
        line(joined, indent);
        for (Condition part : parts) {
            add(part, true, indent + STEP);
        }
    }

    private void line(String line, String indent) {
        text.append(indent).append(line).append('\n');
    }

    /** Alternatives that ask the same of one field in one line, or null where they do not. */
    private String values(Condition[] parts, boolean holds) {
        List<String> values = new ArrayList<>();
        String question = null;
        for (Condition part : parts) {
            boolean plain = !(part instanceof Condition.All
                    || part instanceof Condition.Any
                    || part instanceof Condition.AtLeast
                    || part instanceof Condition.Expanded
                    || part instanceof Condition.Not);
            Comparison comparison = plain ? comparison(part, holds) : null;
            if (comparison == null
                    || comparison.value.isEmpty()
                    || question != null && !question.equals(comparison.question)) {
                return null;
            }
            question = comparison.question;
            values.add(comparison.value);
        }
        int last = values.size() - 1;
        return values.isEmpty()
                ? null
                : question + String.join(", ", values.subList(0, last)) + (last > 0 ? " or " : "") + values.get(last);
    }

    /** What is asked of a field, and the value that it is compared with. */
    private record Comparison(String question, String value) {}

    private Comparison comparison(Condition condition, boolean holds) {
        if (condition instanceof Condition.Absent absent) {
            return about(absent.field(), holds ? "is not known" : "is known", "");
        } else if (condition instanceof Condition.Flag flag) {
            return about(flag.field(), holds ? "is" : "is not", Boolean.toString(flag.wanted()));
        } else if (condition instanceof Condition.Text text) {
            return about(text.field(), verb(text.pattern(), holds), value(text.pattern()));
        } else if (condition instanceof Condition.Texts texts) {
            String verb = (holds ? "has a text that " : "has no text that ") + verb(texts.pattern(), true);
            return about(texts.field(), verb, value(texts.pattern()));
        } else if (condition instanceof Condition.Number number) {
            return about(number.field(), verb(number.relation(), holds), Long.toString(number.operand()));
        } else if (condition instanceof Condition.Decimal decimal) {
            return about(decimal.field(), verb(decimal.relation(), holds), Double.toString(decimal.operand()));
        } else if (condition instanceof Condition.In in) {
            return about(in.field(), holds ? "is of" : "is not of", in.network().toString());
        } else if (condition instanceof Condition.Same same) {
            fields.add(same.other());
            String verb = same.place() != TextPattern.Place.WHOLE
                    ? verb(same.place(), holds)
                    : holds ? "is the same as" : "is not the same as";
            return about(same.field(), verb, same.other().path());
        } else if (condition instanceof Condition.Time time) {
            String part = Words.of(time.part()) + " of ";
            fields.add(time.field());
            return new Comparison(
                    part + time.field().path() + ' ' + verb(time.relation(), holds) + ' ',
                    Long.toString(time.operand()));
        }
        return new Comparison((holds ? "" : "not ") + condition, "");
    }

    private Comparison about(Field field, String verb, String value) {
        fields.add(field);
        return new Comparison(field.path() + ' ' + verb + (value.isEmpty() ? "" : " "), value);
    }

    private static String verb(Relation relation, boolean holds) {
        return ("is " + (holds ? "" : "not ") + relation(relation)).strip();
    }

    /** What stands between 'is' and the number. */
    static String relation(Relation relation) {
        return switch (relation) {
            case EQUAL -> "";
            case NOT_EQUAL -> "not ";
            case LESS -> "below ";
            case LESS_OR_EQUAL -> "at most ";
            case GREATER -> "above ";
            case GREATER_OR_EQUAL -> "at least ";
        };
    }

    private static String verb(TextPattern pattern, boolean holds) {
        if (pattern instanceof TextPattern.Literal literal) {
            return verb(literal.place(), holds);
        } else if (pattern instanceof TextPattern.Regex) {
            return holds ? "matches the expression" : "does not match the expression";
        }
        return holds ? "is like" : "is not like";
    }

    private static String verb(TextPattern.Place place, boolean holds) {
        return switch (place) {
            case WHOLE -> holds ? "is" : "is not";
            case START -> holds ? "begins with" : "does not begin with";
            case END -> holds ? "ends with" : "does not end with";
            case ANYWHERE -> holds ? "contains" : "does not contain";
        };
    }

    private static String value(TextPattern pattern) {
        if (pattern instanceof TextPattern.Literal literal) {
            return quoted(literal.value(), literal.cased());
        } else if (pattern instanceof TextPattern.Wild wild) {
            return quoted(wild.glob().letters(), wild.cased());
        } else if (pattern instanceof TextPattern.Regex regex) {
            return quoted(regex.pattern().pattern(), false);
        }
        return pattern.toString();
    }

    private static String quoted(String value, boolean cased) {
        return "'" + value + "'" + (cased ? " in just these letters" : "");
    }
}
