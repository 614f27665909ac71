package org.sandbar.rule;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.sandbar.bytes.Text;
import org.sandbar.rule.TextPattern.Place;

/**
 * A value as Sigma writes it, without its backslashes: letters, and for each a mark that says what it stands for. A backslash makes
 * {@code *}, {@code ?} and another backslash literal, and stands for itself before anything else.
 */
record Glob(String letters, String marks) {
    private static final char ITSELF = ' ';
    /** Any letters, or none. */
    private static final char STAR = '*';
    /** Any letter. */
    static final char ANY = '?';
    /** What Windows takes for a dash. */
    static final char DASH = '-';

    private static final String DASHES = "-/\u2013\u2014\u2015";

    static Glob parse(String value) {
        StringBuilder letters = new StringBuilder(value.length());
        StringBuilder marks = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char letter = value.charAt(i);
            boolean escape = letter == '\\' && i + 1 < value.length() && "*?\\".indexOf(value.charAt(i + 1)) >= 0;
            letters.append(escape ? value.charAt(++i) : letter);
            marks.append(!escape && (letter == STAR || letter == ANY) ? letter : ITSELF);
        }
        return new Glob(letters.toString(), marks.toString());
    }

    static boolean isDash(char letter) {
        return DASHES.indexOf(letter) >= 0;
    }

    boolean hasWildcards() {
        return !marks.isBlank();
    }

    boolean isStar(int at) {
        return marks.charAt(at) == STAR;
    }

    /** The runs of letters between the wildcards, all of which must be there. */
    List<String> literals() {
        List<String> runs = new ArrayList<>();
        for (int from = 0; from < letters.length(); from++) {
            int to = from;
            while (to < letters.length() && marks.charAt(to) == ITSELF) {
                to++;
            }
            if (to > from) {
                runs.add(letters.substring(from, to));
            }
            from = to;
        }
        return runs;
    }

    /** Dashes that begin a word, not those within one, stand for each other. */
    Glob withAnyDash() {
        StringBuilder with = new StringBuilder(marks);
        for (int i = 0; i + 1 < letters.length(); i++) {
            if (isLetter(i, DASHES) && isInWord(i + 1) && !(i > 0 && isInWord(i - 1))) {
                with.setCharAt(i, DASH);
            }
        }
        return new Glob(letters, with.toString());
    }

    private boolean isLetter(int at, String among) {
        return marks.charAt(at) == ITSELF && among.indexOf(letters.charAt(at)) >= 0;
    }

    private boolean isInWord(int at) {
        char letter = letters.charAt(at);
        return marks.charAt(at) == ITSELF && (Character.isLetterOrDigit(letter) || letter == '_');
    }

    /** What the encodings make of it, one behind the other, as events show such bytes. The wildcards stay. */
    List<Glob> encoded(List<Encoding> encodings) {
        if (encodings.isEmpty()) {
            return List.of(this);
        }
        if (hasWildcards()) {
            return List.of(encodedByParts(encodings));
        }
        List<Glob> globs = new ArrayList<>();
        for (byte[] form : forms(letters, encodings)) {
            globs.add(literal(Text.of(form, 0, form.length)));
        }
        return globs;
    }

    private static Glob literal(String letters) {
        return new Glob(letters, String.valueOf(ITSELF).repeat(letters.length()));
    }

    private static List<byte[]> forms(String letters, List<Encoding> encodings) {
        List<byte[]> forms = List.of(letters.getBytes(StandardCharsets.UTF_8));
        for (Encoding encoding : encodings) {
            List<byte[]> next = new ArrayList<>();
            forms.forEach(form -> next.addAll(encoding.of(form)));
            forms = next;
        }
        return forms;
    }

    private Glob encodedByParts(List<Encoding> encodings) {
        StringBuilder whole = new StringBuilder();
        StringBuilder wholeMarks = new StringBuilder();
        for (int from = 0; from < letters.length(); ) {
            int to = from;
            while (to < letters.length() && marks.charAt(to) == ITSELF) {
                to++;
            }
            if (to > from) {
                byte[] form = forms(letters.substring(from, to), encodings).get(0);
                Glob part = literal(Text.of(form, 0, form.length));
                whole.append(part.letters);
                wholeMarks.append(part.marks);
            }
            if (to < letters.length()) {
                whole.append(letters.charAt(to));
                wholeMarks.append(marks.charAt(to++));
            }
            from = to;
        }
        return new Glob(whole.toString(), wholeMarks.toString());
    }

    /** The pattern of it at that place of a text; the shapes that nearly all values have need no search for wildcards. */
    TextPattern pattern(Place place, boolean cased) {
        boolean open = place == Place.END || place == Place.ANYWHERE;
        boolean openEnd = place == Place.START || place == Place.ANYWHERE;
        int from = 0;
        int to = letters.length();
        while (from < to && isStar(from)) {
            from++;
            open = true;
        }
        while (to > from && isStar(to - 1)) {
            to--;
            openEnd = true;
        }
        String plain = letters.substring(from, to);
        String inner = marks.substring(from, to);
        if (inner.isBlank()) {
            return new TextPattern.Literal(plain, Place.of(open, openEnd), cased);
        }
        return new TextPattern.Wild(
                new Glob(
                        (open ? "*" : "") + plain + (openEnd ? "*" : ""),
                        (open ? "*" : "") + inner + (openEnd ? "*" : "")),
                cased);
    }
}
