package org.sandbar.rule;

import org.sandbar.rule.TextPattern.Literal;
import org.sandbar.rule.TextPattern.Place;
import org.sandbar.rule.TextPattern.Regex;
import org.sandbar.rule.TextPattern.Wild;

/** What one pattern of texts says about another. Yes is sure; no means that it is not known. */
final class TextLogic {
    private TextLogic() {}

    /** Whether no text matches both. */
    static boolean excludes(TextPattern one, TextPattern other) {
        if (one instanceof Literal whole && whole.place() == Place.WHOLE) {
            return excludesWhole(whole, other);
        } else if (other instanceof Literal whole && whole.place() == Place.WHOLE) {
            return excludesWhole(whole, one);
        }
        return one instanceof Literal literal
                && other instanceof Literal otherLiteral
                && literal.place() == otherLiteral.place()
                && literal.place() != Place.ANYWHERE
                && !agree(literal, otherLiteral);
    }

    /** Whether the longer one has the shorter at the place of both. */
    private static boolean agree(Literal one, Literal other) {
        boolean longer = one.value().length() > other.value().length();
        return one.place().has((longer ? one : other).value(), (longer ? other : one).value(), false);
    }

    private static boolean excludesWhole(Literal whole, TextPattern other) {
        if (!whole.cased() && other instanceof Regex) {
            return false;
        }
        return !(whole.cased() ? other : ignoringCase(other)).matches(whole.value());
    }

    private static TextPattern ignoringCase(TextPattern pattern) {
        if (pattern instanceof Literal literal) {
            return new Literal(literal.value(), literal.place(), false);
        }
        return pattern instanceof Wild wild ? new Wild(wild.glob(), false) : pattern;
    }

    /** Whether each text that matches the one matches the other as well. */
    static boolean implies(TextPattern one, TextPattern other) {
        if (one.equals(other)) {
            return true;
        }
        if (!(one instanceof Literal literal) || !literal.cased() && !isCaseless(other)) {
            return false;
        }
        boolean stays = literal.place() == Place.WHOLE
                || other instanceof Literal wider
                        && (wider.place() == literal.place() || wider.place() == Place.ANYWHERE);
        return stays && other.matches(literal.value());
    }

    private static boolean isCaseless(TextPattern pattern) {
        return pattern.equals(ignoringCase(pattern)) && !(pattern instanceof Regex);
    }
}
