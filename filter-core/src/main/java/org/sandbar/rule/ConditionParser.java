package org.sandbar.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sandbar.yaml.Spelling;
import org.sandbar.yaml.YamlScalar;

/**
 * Reads Sigma's condition: {@code or} binds weakest, then {@code and}, then {@code not}, then {@code 1 of}, {@code 2 of}, … and {@code
 * all of}, then parentheses. A syntax fault ends the reading; an unknown selection does not.
 */
final class ConditionParser {
    private static final int DEEPEST = 64;

    private final YamlScalar written;
    private final String text;
    private final Map<YamlScalar, Condition> selections;
    private final Set<YamlScalar> used;
    private int at;
    private int depth;
    private String word;
    private int wordAt;

    /** Those selections that the condition names are added to {@code used}. */
    ConditionParser(YamlScalar written, Map<YamlScalar, Condition> selections, Set<YamlScalar> used) {
        this.written = written;
        this.selections = selections;
        this.used = used;
        text = written.text();
    }

    /** Null where the syntax is wrong. */
    Condition parse() {
        try {
            advance();
            Condition whole = or();
            if (word != null && word.startsWith("|")) {
                throw wrong("aggregations are not part of a condition: Sigma has correlation rules for them");
            }
            if (word != null) {
                throw wrong(word.equals(")") ? "')' without '('" : "expected 'and' or 'or' before '" + word + "'");
            }
            return whole;
        } catch (Wrong told) {
            return null;
        }
    }

    private Condition or() {
        List<Condition> parts = new ArrayList<>(2);
        do {
            parts.add(and());
        } while (skip("or"));
        return Condition.any(parts);
    }

    private Condition and() {
        List<Condition> parts = new ArrayList<>(2);
        do {
            parts.add(not());
        } while (skip("and"));
        return Condition.all(parts);
    }

    private Condition not() {
        if (++depth > DEEPEST) {
            throw wrong("nested too deeply");
        }
        Condition part = skip("not") ? new Condition.Not(not()) : operand();
        depth--;
        return part;
    }

    private Condition operand() {
        if (word == null || word.equals(")") || isWord("and") || isWord("or")) {
            throw wrong("expected a selection" + (word == null ? " at the end" : " before '" + word + "'"));
        }
        if (skip("(")) {
            Condition inner = or();
            if (!skip(")")) {
                throw wrong("expected ')'" + (word == null ? " at the end" : " before '" + word + "'"));
            }
            return inner;
        }
        String first = word;
        int firstAt = wordAt;
        advance();
        int least = isWord("of") ? quantity(first) : -1;
        if (least >= 0) {
            advance();
            return someOf(least, firstAt);
        }
        return named(first, firstAt);
    }

    /** How many of several must hold; none said, -1, and all of them, 0. */
    private static int quantity(String word) {
        if (word.equalsIgnoreCase("all")) {
            return 0;
        }
        return word.equalsIgnoreCase("any") ? 1 : word.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(word) : -1;
    }

    private Condition named(String name, int nameAt) {
        for (Map.Entry<YamlScalar, Condition> selection : selections.entrySet()) {
            if (selection.getKey().text().equals(name)) {
                used.add(selection.getKey());
                return selection.getValue();
            }
        }
        written.faultAt(nameAt, "unknown selection '" + name + "'" + Spelling.hint(name, names()));
        return new Condition.Any(new Condition[0]);
    }

    private Condition someOf(int least, int leastAt) {
        if (word == null || word.equals("(") || word.equals(")")) {
            throw wrong("expected 'them' or the beginning of a selection's name with '*'");
        }
        boolean them = word.equals("them");
        TextPattern pattern = Glob.parse(word).pattern(TextPattern.Place.WHOLE, true);
        List<Condition> parts = new ArrayList<>();
        for (Map.Entry<YamlScalar, Condition> selection : selections.entrySet()) {
            String name = selection.getKey().text();
            // Sigma keeps names with an underscore out of 'them', so that they can be used by name alone.
            if (them ? !name.startsWith("_") : pattern.matches(name)) {
                used.add(selection.getKey());
                parts.add(selection.getValue());
            }
        }
        if (parts.isEmpty()) {
            written.faultAt(wordAt, "no selection matches '" + word + "'" + Spelling.hint(word, names()));
        }
        if (!parts.isEmpty() && least > parts.size()) {
            written.faultAt(leastAt, least + " of " + parts.size() + " selections cannot hold");
        }
        advance();
        if (least == 0 && !parts.isEmpty()) {
            return Condition.all(parts);
        }
        return least > 1 ? new Condition.AtLeast(least, parts.toArray(new Condition[0])) : Condition.any(parts);
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (YamlScalar name : selections.keySet()) {
            names.add(name.text());
        }
        return names;
    }

    private boolean isWord(String wanted) {
        return word != null && word.equalsIgnoreCase(wanted);
    }

    private boolean skip(String wanted) {
        boolean there = isWord(wanted);
        if (there) {
            advance();
        }
        return there;
    }

    /** The next word or parenthesis, or null at the end. */
    private void advance() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        wordAt = at;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at)) && !isParenthesis(at)) {
            at++;
        }
        if (at == wordAt && at < text.length()) {
            at++;
        }
        word = at == wordAt ? null : text.substring(wordAt, at);
    }

    private boolean isParenthesis(int index) {
        return text.charAt(index) == '(' || text.charAt(index) == ')';
    }

    private Wrong wrong(String message) {
        written.faultAt(wordAt, message);
        return new Wrong();
    }

    /** The syntax is wrong, and that has been told. */
    private static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wrong() {
            super(null, null, false, false);
        }
    }
}
