package org.sandbar.rule;

import java.util.ArrayList;
import java.util.List;
import org.sandbar.event.Field;
import org.sandbar.rule.TextPattern.Place;

/**
 * What a condition is found by: facts of which an event must have one for the condition to hold. Of several such sets the one that
 * fewest events have is taken, as far as that can be guessed from how much a fact says. A key is necessary, never sufficient.
 *
 * @param weight how much the fact that says least says: about two for each letter or digit
 */
record Key(List<Fact> facts, int weight) {
    /** One fact: a text somewhere in the field, a number, a flag, or an address of a network. */
    record Fact(Field field, Place place, Object value) {}

    private static final int FLAG_WEIGHT = 2;

    /** Null where nothing can be said: such a condition must be asked of every event. */
    static Key of(Condition condition) {
        if (condition instanceof Condition.All all) {
            return best(all.parts());
        } else if (condition instanceof Condition.Any any) {
            return union(any.parts());
        } else if (condition instanceof Condition.AtLeast some) {
            return union(some.parts());
        } else if (condition instanceof Condition.Text text) {
            return ofText(text.field(), text.pattern());
        } else if (condition instanceof Condition.Texts texts) {
            return ofText(texts.field(), texts.pattern());
        } else if (condition instanceof Condition.Number number && number.relation() == Condition.Relation.EQUAL) {
            return of(
                    number.field(),
                    number.operand(),
                    2 * Long.toString(number.operand()).length());
        } else if (condition instanceof Condition.Flag flag) {
            return of(flag.field(), flag.wanted(), FLAG_WEIGHT);
        } else if (condition instanceof Condition.In in) {
            return of(in.field(), in.network(), in.network().prefix() / 2);
        }
        return null;
    }

    private static Key of(Field field, Object value, int weight) {
        return new Key(List.of(new Fact(field, Place.WHOLE, value)), weight);
    }

    private static Key best(Condition[] parts) {
        Key best = null;
        for (Condition part : parts) {
            Key key = of(part);
            if (key != null && (best == null || key.weight > best.weight)) {
                best = key;
            }
        }
        return best;
    }

    /** Of no parts there is no fact, and nothing is ever found. */
    private static Key union(Condition[] parts) {
        List<Fact> facts = new ArrayList<>();
        int weight = Integer.MAX_VALUE;
        for (Condition part : parts) {
            Key key = of(part);
            if (key == null) {
                return null;
            }
            facts.addAll(key.facts);
            weight = Math.min(weight, key.weight);
        }
        return new Key(facts, weight);
    }

    private static Key ofText(Field field, TextPattern pattern) {
        if (pattern instanceof TextPattern.Literal literal) {
            return ofText(field, literal.place(), List.of(literal.value()));
        } else if (pattern instanceof TextPattern.Wild wild) {
            return ofText(field, Place.ANYWHERE, wild.glob().literals());
        }
        List<String> required =
                RequiredLiterals.of(((TextPattern.Regex) pattern).pattern().pattern());
        if (required == null) {
            return null;
        }
        List<Fact> facts = new ArrayList<>();
        int weight = Integer.MAX_VALUE;
        for (String literal : required) {
            Key key = ofText(field, Place.ANYWHERE, List.of(literal));
            if (key == null) {
                return null;
            }
            facts.addAll(key.facts);
            weight = Math.min(weight, key.weight);
        }
        return new Key(facts, weight);
    }

    /** The longest run of letters that have an ASCII form, of literals that must all be there. */
    private static Key ofText(Field field, Place place, List<String> literals) {
        String longest = "";
        Place where = place;
        for (String literal : literals) {
            for (int from = 0; from < literal.length(); from++) {
                int to = from;
                StringBuilder run = new StringBuilder();
                while (to < literal.length() && TextIndex.hasLetter(TextPattern.folded(literal.charAt(to)))) {
                    run.append(TextPattern.folded(literal.charAt(to++)));
                }
                if (run.length() > longest.length()) {
                    longest = run.toString();
                    where = run.length() == literal.length() ? place : Place.ANYWHERE;
                }
                from = to;
            }
        }
        if (longest.isEmpty()) {
            return null;
        }
        int weight = 2 * longest.length() + (where == Place.ANYWHERE ? 0 : 1);
        return new Key(List.of(new Fact(field, where, longest)), weight);
    }
}
