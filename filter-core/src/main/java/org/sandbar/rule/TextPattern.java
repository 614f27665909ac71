package org.sandbar.rule;

import com.google.re2j.Pattern;

/**
 * Which texts match: Sigma's plain values with the wildcards {@code *} and {@code ?}, which a backslash makes literal, and regular
 * expressions. The shapes that nearly all values have need no search for wildcards. Immutable, any thread.
 */
sealed interface TextPattern {
    /** Where a value may stand in the text. */
    enum Place {
        WHOLE,
        START,
        END,
        ANYWHERE
    }

    boolean matches(String text);

    /** The pattern of a value as Sigma writes it. */
    static TextPattern of(String value, Place place, boolean cased) {
        StringBuilder letters = new StringBuilder(value.length() + 2);
        StringBuilder wild = new StringBuilder(value.length() + 2);
        if (place == Place.END || place == Place.ANYWHERE) {
            append(letters, wild, '*', true);
        }
        for (int i = 0; i < value.length(); i++) {
            char letter = value.charAt(i);
            boolean escape = letter == '\\' && i + 1 < value.length() && "*?\\".indexOf(value.charAt(i + 1)) >= 0;
            if (escape) {
                append(letters, wild, value.charAt(++i), false);
            } else {
                append(letters, wild, letter, letter == '*' || letter == '?');
            }
        }
        if (place == Place.START || place == Place.ANYWHERE) {
            append(letters, wild, '*', true);
        }
        return shaped(letters.toString(), wild.toString(), cased);
    }

    private static void append(StringBuilder letters, StringBuilder wild, char letter, boolean isWild) {
        boolean repeated = isWild && letter == '*' && !letters.isEmpty() && letters.charAt(letters.length() - 1) == '*';
        if (!repeated || wild.charAt(wild.length() - 1) == ' ') {
            letters.append(letter);
            wild.append(isWild ? letter : ' ');
        }
    }

    /** {@code wild} has the wildcard where one is, else a blank. */
    private static TextPattern shaped(String letters, String wild, boolean cased) {
        int length = letters.length();
        boolean open = wild.startsWith("*");
        boolean openEnd = length > 1 && wild.endsWith("*");
        int from = open ? 1 : 0;
        int to = openEnd ? length - 1 : length;
        if (!wild.substring(from, to).isBlank()) {
            return new Wild(letters, wild, cased);
        }
        String plain = letters.substring(from, to);
        if (open) {
            return openEnd || plain.isEmpty() ? new Infix(plain, cased) : new Suffix(plain, cased);
        }
        return openEnd ? new Prefix(plain, cased) : new Whole(plain, cased);
    }

    private static boolean same(char one, char other, boolean cased) {
        if (one == other) {
            return true;
        }
        char upper = Character.toUpperCase(one);
        char otherUpper = Character.toUpperCase(other);
        return !cased && (upper == otherUpper || Character.toLowerCase(upper) == Character.toLowerCase(otherUpper));
    }

    record Whole(String value, boolean cased) implements TextPattern {
        @Override
        public boolean matches(String text) {
            return cased ? text.equals(value) : text.equalsIgnoreCase(value);
        }
    }

    record Prefix(String value, boolean cased) implements TextPattern {
        @Override
        public boolean matches(String text) {
            return text.regionMatches(!cased, 0, value, 0, value.length());
        }
    }

    record Suffix(String value, boolean cased) implements TextPattern {
        @Override
        public boolean matches(String text) {
            return text.regionMatches(!cased, text.length() - value.length(), value, 0, value.length());
        }
    }

    record Infix(String value, boolean cased) implements TextPattern {
        @Override
        public boolean matches(String text) {
            if (cased || value.isEmpty()) {
                return text.contains(value);
            }
            char lower = Character.toLowerCase(value.charAt(0));
            char upper = Character.toUpperCase(lower);
            for (int at = 0; at <= text.length() - value.length(); at++) {
                char letter = text.charAt(at);
                // Beyond ASCII letters have more forms than two; regionMatches knows them.
                if ((letter == lower || letter == upper || letter > 0x7f)
                        && text.regionMatches(true, at, value, 0, value.length())) {
                    return true;
                }
            }
            return false;
        }
    }

    record Wild(String letters, String wild, boolean cased) implements TextPattern {
        @Override
        public boolean matches(String text) {
            int at = 0;
            int textAt = 0;
            int star = -1;
            int starTextAt = 0;
            while (textAt < text.length()) {
                if (at < letters.length() && wild.charAt(at) == '*') {
                    star = at++;
                    starTextAt = textAt;
                } else if (at < letters.length() && takes(at, text.charAt(textAt))) {
                    at++;
                    textAt++;
                } else if (star >= 0) {
                    // The last star takes one letter more; what earlier ones took needs no second try.
                    at = star + 1;
                    textAt = ++starTextAt;
                } else {
                    return false;
                }
            }
            while (at < letters.length() && wild.charAt(at) == '*') {
                at++;
            }
            return at == letters.length();
        }

        private boolean takes(int at, char letter) {
            return wild.charAt(at) == '?' || same(letters.charAt(at), letter, cased);
        }
    }

    /** Found anywhere in the text; in linear time, whatever the expression. */
    record Regex(Pattern pattern) implements TextPattern {
        @Override
        public boolean matches(String text) {
            return pattern.matcher(text).find();
        }
    }
}
