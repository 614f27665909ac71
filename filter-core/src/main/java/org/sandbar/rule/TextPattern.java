package org.sandbar.rule;

import com.google.re2j.Pattern;

/** Which texts match: a literal at some place, one with wildcards in it, or a regular expression. Immutable, any thread. */
sealed interface TextPattern {
    /** Where a value may stand in the text. */
    enum Place {
        WHOLE,
        START,
        END,
        ANYWHERE;

        static Place of(boolean open, boolean openEnd) {
            return open ? openEnd ? ANYWHERE : END : openEnd ? START : WHOLE;
        }

        /** Whether the value stands there. */
        boolean has(String text, String value, boolean cased) {
            return switch (this) {
                case WHOLE -> cased ? text.equals(value) : text.equalsIgnoreCase(value);
                case START -> text.regionMatches(!cased, 0, value, 0, value.length());
                case END -> text.regionMatches(!cased, text.length() - value.length(), value, 0, value.length());
                case ANYWHERE -> cased ? text.contains(value) : hasSomewhere(text, value);
            };
        }

        private static boolean hasSomewhere(String text, String value) {
            if (value.isEmpty()) {
                return true;
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

    boolean matches(String text);

    /** One form for all letters that are the same apart from their case, as {@link String#equalsIgnoreCase} has it. */
    static char folded(char letter) {
        return Character.toLowerCase(Character.toUpperCase(letter));
    }

    record Literal(String value, Place place, boolean cased) implements TextPattern {
        @Override
        public boolean matches(String text) {
            return place.has(text, value, cased);
        }
    }

    record Wild(Glob glob, boolean cased) implements TextPattern {
        @Override
        public boolean matches(String text) {
            int length = glob.letters().length();
            int at = 0;
            int textAt = 0;
            int star = -1;
            int starTextAt = 0;
            while (textAt < text.length()) {
                if (at < length && glob.isStar(at)) {
                    star = at++;
                    starTextAt = textAt;
                } else if (at < length && takes(at, text.charAt(textAt))) {
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
            while (at < length && glob.isStar(at)) {
                at++;
            }
            return at == length;
        }

        private boolean takes(int at, char letter) {
            return switch (glob.marks().charAt(at)) {
                case Glob.ANY -> true;
                case Glob.DASH -> Glob.isDash(letter);
                default -> {
                    char wanted = glob.letters().charAt(at);
                    yield wanted == letter || !cased && folded(wanted) == folded(letter);
                }
            };
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
