package org.sandbar.rule;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds literals of which one must stand, letter case apart, in any text that a regular expression of RE2 matches. It knows the
 * common forms; of an expression with any other it says nothing.
 */
final class RequiredLiterals {
    /** Escapes that stand for a class of letters, a place, or a letter that no literal needs. */
    private static final String BREAKS = "dDwWsSbBAzntrfv";

    private final String regex;
    private int at;
    private boolean unknown;

    private RequiredLiterals(String regex) {
        this.regex = regex;
    }

    /** Null where there are none. */
    static List<String> of(String regex) {
        RequiredLiterals reader = new RequiredLiterals(regex);
        List<String> required = reader.alternatives();
        return reader.unknown || reader.at < regex.length() ? null : required;
    }

    /** Up to a closing parenthesis or the end. */
    private List<String> alternatives() {
        List<String> all = new ArrayList<>();
        boolean each = true;
        while (true) {
            List<String> one = sequence();
            each &= one != null;
            if (one != null) {
                all.addAll(one);
            }
            if (unknown || at == regex.length() || regex.charAt(at) != '|') {
                return each ? all : null;
            }
            at++;
        }
    }

    private List<String> sequence() {
        List<String> best = null;
        StringBuilder run = new StringBuilder();
        while (!unknown && at < regex.length() && "|)".indexOf(regex.charAt(at)) < 0) {
            char letter = regex.charAt(at++);
            List<String> group = null;
            boolean literal = false;
            switch (letter) {
                case '(' -> group = group();
                case '[' -> skipClass();
                case '.', '^', '$' -> {}
                case '\\' -> {
                    letter = at < regex.length() ? regex.charAt(at++) : 'Q';
                    literal = letter < 0x80 && !Character.isLetterOrDigit(letter);
                    unknown |= !literal && BREAKS.indexOf(letter) < 0;
                }
                case '*', '+', '?', '{' -> unknown = true;
                default -> literal = true;
            }
            char quantifier = quantifier();
            if (literal && quantifier != '?') {
                run.append(letter);
            }
            if (!literal || quantifier != ' ') {
                best = better(best, List.of(run.toString()));
                run.setLength(0);
            }
            if (group != null && quantifier != '?') {
                best = better(best, group);
            }
        }
        best = better(best, List.of(run.toString()));
        return best.get(0).isEmpty() ? null : best;
    }

    /** Behind the parenthesis; what must stand in it. */
    private List<String> group() {
        if (regex.startsWith("?", at)) {
            int end = at + 1;
            while (end < regex.length() && ":)>".indexOf(regex.charAt(end)) < 0) {
                end++;
            }
            at = Math.min(end + 1, regex.length());
            if (end < regex.length() && regex.charAt(end) == ')') {
                return null;
            }
        }
        List<String> inner = alternatives();
        unknown |= at == regex.length();
        at++;
        return inner;
    }

    private void skipClass() {
        at += regex.startsWith("^]", at) ? 2 : regex.startsWith("]", at) ? 1 : 0;
        while (at < regex.length() && regex.charAt(at) != ']') {
            unknown |= regex.startsWith("[:", at);
            at += regex.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
    }

    /** A question mark where it may be missing, a plus where it may be repeated, else a blank. */
    private char quantifier() {
        char found = ' ';
        if (at < regex.length() && "*+?".indexOf(regex.charAt(at)) >= 0) {
            found = regex.charAt(at++) == '+' ? '+' : '?';
        } else if (at < regex.length() && regex.charAt(at) == '{') {
            int end = regex.indexOf('}', at);
            found = regex.startsWith("{0", at) ? '?' : '+';
            // Braces around anything but numbers stand for themselves.
            do {
                at++;
            } while (at < end && (Character.isDigit(regex.charAt(at)) || regex.charAt(at) == ','));
            unknown |= at != end;
            at++;
        }
        if (found != ' ' && at < regex.length() && regex.charAt(at) == '?') {
            at++;
        }
        return found;
    }

    private static List<String> better(List<String> one, List<String> other) {
        return one == null || shortest(other) > shortest(one) ? other : one;
    }

    private static int shortest(List<String> literals) {
        int shortest = Integer.MAX_VALUE;
        for (String literal : literals) {
            shortest = Math.min(shortest, literal.length());
        }
        return shortest;
    }
}
