package org.sandbar.bytes;

import java.nio.charset.StandardCharsets;

/**
 * Comparison and search of text protocols' bytes without making strings. Letters compare as ASCII; no locale, no Unicode.
 * Positions are absolute offsets into the array; {@code -1} means not found. Stateless, any thread.
 */
public final class Ascii {
    private static final long LINE_FEEDS = 0x0a0a_0a0a_0a0a_0a0aL;
    private static final long BLANKS = 0x2020_2020_2020_2020L;
    private static final long DELETES = 0x7f7f_7f7f_7f7f_7f7fL;
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private Ascii() {}

    /** Where the first LF in {@code [from, to)} stands, or -1; eight bytes a step. */
    public static int indexOfLineFeed(byte[] buffer, int from, int to) {
        int at = from;
        for (; at + 8 <= to; at += 8) {
            long difference = Bytes.i64Little(buffer, at) ^ LINE_FEEDS;
            long found = (difference - LOW_BITS) & ~difference & HIGH_BITS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        for (; at < to; at++) {
            if (buffer[at] == '\n') {
                return at;
            }
        }
        return -1;
    }

    /** Where {@code wanted} first stands in {@code [from, to)}, or -1. */
    public static int indexOf(byte[] buffer, int from, int to, int wanted) {
        for (int at = from; at < to; at++) {
            if (buffer[at] == wanted) {
                return at;
            }
        }
        return -1;
    }

    /** Whether {@code [from, to)} begins with {@code word}, letter case apart; {@code word} is given in lower case. */
    public static boolean startsWithIgnoreCase(byte[] buffer, int from, int to, byte[] word) {
        return to - from >= word.length && equalsLower(buffer, from, word);
    }

    /** Whether {@code [from, to)} is exactly {@code word}, letter case apart; {@code word} is given in lower case. */
    public static boolean equalsIgnoreCase(byte[] buffer, int from, int to, byte[] word) {
        return to - from == word.length && equalsLower(buffer, from, word);
    }

    private static boolean equalsLower(byte[] buffer, int from, byte[] word) {
        for (int i = 0; i < word.length; i++) {
            if (lower(buffer[from + i]) != word[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code [from, to)} begins with the bytes of {@code word}, to the letter. */
    public static boolean startsWith(byte[] buffer, int from, int to, byte[] word) {
        if (to - from < word.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (buffer[from + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the bytes in {@code [from, to)} are a prefix of {@code word}, to the letter: more might complete it. */
    public static boolean isPrefixOf(byte[] word, byte[] buffer, int from, int to) {
        if (to - from > word.length) {
            return false;
        }
        for (int i = 0; i < to - from; i++) {
            if (buffer[from + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code [from, to)} is all printable ASCII, blanks included; eight bytes a step. */
    public static boolean isPlain(byte[] buffer, int from, int to) {
        int at = from;
        for (; at + 8 <= to; at += 8) {
            long letters = Bytes.i64Little(buffer, at);
            long control = (letters - BLANKS) & ~letters & HIGH_BITS;
            long delete = letters ^ DELETES;
            boolean deleted = ((delete - LOW_BITS) & ~delete & HIGH_BITS) != 0;
            if (control != 0 || (letters & HIGH_BITS) != 0 || deleted) {
                return false;
            }
        }
        for (; at < to; at++) {
            if (buffer[at] < ' ' || buffer[at] == 0x7f) {
                return false;
            }
        }
        return true;
    }

    public static int lower(int letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + 32 : letter;
    }

    public static boolean isDigit(int letter) {
        return letter >= '0' && letter <= '9';
    }

    public static boolean isLetter(int letter) {
        int lower = letter | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    /** Space and horizontal tab. */
    public static boolean isBlank(int letter) {
        return letter == ' ' || letter == '\t';
    }

    /** First position in {@code [from, to)} that is not a blank, or {@code to}. */
    public static int skipBlanks(byte[] buffer, int from, int to) {
        int at = from;
        while (at < to && isBlank(buffer[at])) {
            at++;
        }
        return at;
    }

    /** The end of {@code [from, to)} without blanks, CR and LF at its end. */
    public static int trimEnd(byte[] buffer, int from, int to) {
        int end = to;
        while (end > from && (isBlank(buffer[end - 1]) || buffer[end - 1] == '\r' || buffer[end - 1] == '\n')) {
            end--;
        }
        return end;
    }

    /** The bytes of a word of the program's own, for use with the comparisons above. */
    public static byte[] bytes(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }

    /** The word of {@code [from, to)} in upper case; for short tokens such as commands. */
    public static String upper(byte[] buffer, int from, int to) {
        byte[] word = new byte[to - from];
        for (int i = 0; i < word.length; i++) {
            int letter = buffer[from + i];
            word[i] = (byte) (letter >= 'a' && letter <= 'z' ? letter - 32 : letter);
        }
        return new String(word, StandardCharsets.ISO_8859_1);
    }
}
