package org.sandbar.rule;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.event.Field.Type;
import org.sandbar.rule.Condition.Relation;
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
            if (key.mode() != FieldKey.Mode.EQUALS) {
                value.fault("null has nothing to compare with");
                return null;
            }
            return new Condition.Absent(field);
        }
        if (key.mode() == FieldKey.Mode.FIELDREF) {
            return same(value);
        }
        return switch (field.type()) {
            case TEXT -> text(value, false);
            case TEXTS -> text(value, true);
            case NUMBER -> number(value);
            case DECIMAL -> decimal(value);
            case FLAG -> flag(value);
            case ADDRESS, ADDRESS_OR_ANY, ADDRESSES -> address(value);
            case TIME, ROWS -> null;
        };
    }

    private Condition text(YamlScalar value, boolean list) {
        if (value.isFlag()) {
            value.fault("'" + key.path() + "' must be text: in quotes, '" + value.text() + "' is text");
            return null;
        }
        TextPattern pattern =
                switch (key.mode()) {
                    case CONTAINS -> TextPattern.of(value.text(), TextPattern.Place.ANYWHERE, key.isCased());
                    case STARTSWITH -> TextPattern.of(value.text(), TextPattern.Place.START, key.isCased());
                    case ENDSWITH -> TextPattern.of(value.text(), TextPattern.Place.END, key.isCased());
                    case RE -> regex(value);
                    default -> TextPattern.of(value.text(), TextPattern.Place.WHOLE, key.isCased());
                };
        if (pattern == null) {
            return null;
        }
        return list ? new Condition.Texts(field, pattern) : new Condition.Text(field, pattern);
    }

    private TextPattern regex(YamlScalar value) {
        int flags = (key.ignoresCase() ? Pattern.CASE_INSENSITIVE : 0)
                | (key.isMultiline() ? Pattern.MULTILINE : 0)
                | (key.isDotAll() ? Pattern.DOTALL : 0);
        try {
            return new TextPattern.Regex(Pattern.compile(value.text(), flags));
        } catch (PatternSyntaxException wrong) {
            value.fault("not a regular expression of RE2: " + wrong.getDescription() + ": " + wrong.getPattern());
            return null;
        }
    }

    private Condition number(YamlScalar value) {
        Long number = value.asNumber(Long.MIN_VALUE, Long.MAX_VALUE);
        return number == null ? null : new Condition.Number(field, relation(), number);
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
        Type type = field.type();
        if (type != other.type()) {
            value.fault("'" + other + "' is " + FieldKey.called(other.type()) + ", but '" + field + "' is "
                    + FieldKey.called(type));
            return null;
        }
        return new Condition.Same(field, other, key.isCased());
    }
}
