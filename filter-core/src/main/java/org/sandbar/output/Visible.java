package org.sandbar.output;

/**
 * Keeps text off the wire from doing anything but being read: control characters (a line's end, an ANSI escape), marks that turn the
 * direction of writing, other invisible formatting, and separators of lines and paragraphs are written as <code>&#92;uXXXX</code>. Where no
 * other escape is at hand, so is the backslash before a {@code u}, so that the text can be had back as it was. Stateless, any thread.
 */
final class Visible {
    private static final String HEX = "0123456789abcdef";
    private static final int ESCAPE_LENGTH = 6;

    private Visible() {}

    /** Whether this character, which is no half of a pair, acts rather than shows. */
    static boolean acts(int letter) {
        if (letter < 0x7f) {
            return letter < ' ';
        }
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    /** The text with nothing in it that acts. */
    static String of(String text) {
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (letter < ' ' || letter > '~' || letter == '\\') {
                StringBuilder visible = new StringBuilder(text.length() + 32).append(text, 0, at);
                append(visible, text, at);
                return visible.toString();
            }
        }
        return text;
    }

    private static void append(StringBuilder visible, String text, int from) {
        int letter;
        for (int at = from; at < text.length(); at += Character.charCount(letter)) {
            letter = text.codePointAt(at);
            if (acts(letter) || letter == '\\' && text.startsWith("u", at + 1)) {
                for (char half : Character.toChars(letter)) {
                    escape(visible, half);
                }
            } else {
                visible.appendCodePoint(letter);
            }
        }
    }

    /** Appends this character as <code>&#92;uXXXX</code>. */
    static void escape(StringBuilder text, char letter) {
        text.append(escaped(letter));
    }

    static String escaped(char letter) {
        StringBuilder escape = new StringBuilder(ESCAPE_LENGTH).append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            escape.append(HEX.charAt(letter >> shift & 15));
        }
        return escape.toString();
    }
}
