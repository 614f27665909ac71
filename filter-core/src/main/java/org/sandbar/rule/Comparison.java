package org.sandbar.rule;

import java.util.ArrayList;
import java.util.List;
import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.event.Field.Type;
import org.sandbar.rule.Condition.Relation;
import org.sandbar.rule.TextPattern.Place;
import org.sandbar.wire.Network;
import org.sandbar.yaml.YamlNode;
import org.sandbar.yaml.YamlScalar;

/** Compiles the comparison of one field with one value; null where it cannot be, and the fault is told. */
final class Comparison {
    private final EventKind kind;
    private final Field field;
    private final FieldKey key;

    Comparison(EventKind kind, Field field, FieldKey key) {
        this.kind = kind;
        this.field = field;
        this.key = key;
    }

    Condition with(YamlNode node) {
        if (!(node instanceof YamlScalar value)) {
            node.fault("'" + key.written().text() + "' must be a value or a list of values");
            return null;
        }
        if (key.mode() == FieldKey.Mode.EXISTS) {
            Boolean wanted = value.asFlag();
            Condition absent = new Condition.Absent(field);
            return wanted == null ? null : wanted ? new Condition.Not(absent) : absent;
        }
        if (value.isNull()) {
            if (!key.isPlain()) {
                value.fault("null has nothing to compare with");
                return null;
            }
            return new Condition.Absent(field);
        }
        if (key.mode() == FieldKey.Mode.FIELDREF) {
            return same(value);
        }
        return switch (field.type()) {
            case TEXT, TEXTS -> text(value);
            case NUMBER -> number(value);
            case DECIMAL -> decimal(value);
            case FLAG -> flag(value);
            case ADDRESS, ADDRESS_OR_ANY, ADDRESSES -> address(value);
            case TIME -> time(value);
            case ROWS -> null;
        };
    }

    private Condition text(YamlScalar value) {
        if (value.isFlag()) {
            value.fault("'" + key.path() + "' must be text: in quotes, '" + value.text() + "' is text");
            return null;
        }
        return text(value, key, key.place(), List.of(field));
    }

    /** Some of these fields, texts or lists of texts, match a value as the key asks. */
    static Condition text(YamlScalar value, FieldKey key, Place place, List<Field> fields) {
        List<Condition> parts = new ArrayList<>();
        for (TextPattern pattern : patterns(value, key, place)) {
            for (Field field : fields) {
                parts.add(
                        field.type() == Type.TEXTS
                                ? new Condition.Texts(field, pattern)
                                : new Condition.Text(field, pattern));
            }
        }
        return parts.isEmpty() ? null : Condition.any(parts);
    }

    /** More than one for an encoding with several forms; none where a fault was told. */
    private static List<TextPattern> patterns(YamlScalar value, FieldKey key, Place place) {
        if (key.mode() == FieldKey.Mode.RE) {
            TextPattern regex = RegexReader.read(value, key);
            return regex == null ? List.of() : List.of(regex);
        }
        Glob glob = Glob.parse(value.text());
        for (Encoding encoding : key.encodings()) {
            if (encoding.isBase64() && glob.hasWildcards()) {
                value.fault("'|" + encoding.modifier() + "' takes no wildcards: a backslash makes '*' and '?' literal");
                return List.of();
            }
            if (encoding == Encoding.BASE64OFFSET && glob.letters().length() < Encoding.LEAST_TO_FIND) {
                value.fault("'|base64offset' needs " + Encoding.LEAST_TO_FIND + " characters or more");
                return List.of();
            }
        }
        List<TextPattern> patterns = new ArrayList<>();
        for (Glob form : (key.isAnyDash() ? glob.withAnyDash() : glob).encoded(key.encodings())) {
            patterns.add(form.pattern(place, key.isCased()));
        }
        return patterns;
    }

    private Condition time(YamlScalar value) {
        TimePart part = key.timePart();
        Long number = value.asNumber(part.least, part.most);
        return number == null ? null : new Condition.Time(field, part, relation(), number);
    }

    private Condition number(YamlScalar value) {
        int dash = value.text().indexOf('-', 1);
        if (key.isExpanded() && dash > 0 && relation() == Relation.EQUAL) {
            return range(
                    value.as(value.text().substring(0, dash)),
                    value.as(value.text().substring(dash + 1)));
        }
        Long number = value.asNumber(Long.MIN_VALUE, Long.MAX_VALUE);
        return number == null ? null : new Condition.Number(field, relation(), number);
    }

    /** A variable's value may be FIRST-LAST. */
    private Condition range(YamlScalar first, YamlScalar last) {
        Long from = first.asNumber(Long.MIN_VALUE, Long.MAX_VALUE);
        Long to = from == null ? null : last.asNumber(from, Long.MAX_VALUE);
        return to == null
                ? null
                : Condition.all(List.of(
                        new Condition.Number(field, Relation.GREATER_OR_EQUAL, from),
                        new Condition.Number(field, Relation.LESS_OR_EQUAL, to)));
    }

    private Condition decimal(YamlScalar value) {
        Double number = value.asDecimal();
        return number == null ? null : new Condition.Decimal(field, relation(), number);
    }

    private Relation relation() {
        return switch (key.mode()) {
            case GT -> Relation.GREATER;
            case GTE -> Relation.GREATER_OR_EQUAL;
            case LT -> Relation.LESS;
            case LTE -> Relation.LESS_OR_EQUAL;
            default -> Relation.EQUAL;
        };
    }

    private Condition flag(YamlScalar value) {
        Boolean flag = value.asFlag();
        return flag == null ? null : new Condition.Flag(field, flag);
    }

    private Condition address(YamlScalar value) {
        boolean cidr = key.mode() == FieldKey.Mode.CIDR;
        Network network = Network.parse(value.text());
        if (network == null && cidr) {
            value.fault("'" + key.path() + "|cidr' must be a network such as 10.0.0.0/8 or 2001:db8::/32, not '"
                    + value.text() + "'");
        } else if (!cidr && (network == null || value.text().indexOf('/') >= 0)) {
            value.fault("'" + key.path() + "' must be an address; '" + key.path() + "|cidr' takes networks");
            return null;
        }
        return network == null ? null : new Condition.In(field, network);
    }

    private Condition same(YamlScalar value) {
        Field other = Detection.field(kind, value, value.text());
        if (other == null) {
            return null;
        }
        if (!isComparable(field.type(), other.type())) {
            value.fault("'" + other + "' is " + FieldKey.called(other.type()) + ", but '" + field + "' is "
                    + FieldKey.called(field.type()));
            return null;
        }
        return new Condition.Same(field, other, key.place(), key.isCased());
    }

    private static boolean isComparable(Type one, Type two) {
        Type address = two == Type.ADDRESS_OR_ANY ? Type.ADDRESS : two;
        return switch (one) {
            case TEXTS -> two == Type.TEXTS || two == Type.TEXT;
            case ADDRESSES -> two == Type.ADDRESSES || address == Type.ADDRESS;
            case ADDRESS_OR_ANY -> address == Type.ADDRESS;
            default -> one == address;
        };
    }
}
