package org.sandbar.rule;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.sandbar.yaml.YamlScalar;

/**
 * Compiles regular expressions. They are RE2's, which match in linear time whatever traffic says; what RE2 lacks for that is told at
 * its place, with what to write instead.
 */
final class RegexReader {
    private final YamlScalar written;
    private final String text;

    private RegexReader(YamlScalar written) {
        this.written = written;
        text = written.text();
    }

    /** Null where it cannot be compiled, and the fault is told. */
    static TextPattern read(YamlScalar written, FieldKey key) {
        int flags = (key.ignoresCase() ? Pattern.CASE_INSENSITIVE : 0)
                | (key.isMultiline() ? Pattern.MULTILINE : 0)
                | (key.isDotAll() ? Pattern.DOTALL : 0);
        RegexReader reader = new RegexReader(written);
        if (reader.tellsWhatLacks()) {
            return null;
        }
        try {
            return new TextPattern.Regex(Pattern.compile(written.text(), flags));
        } catch (PatternSyntaxException wrong) {
            String part = String.valueOf(wrong.getPattern());
            written.faultAt(
                    Math.max(0, reader.text.indexOf(part)),
                    "not a regular expression of RE2: " + wrong.getDescription() + ": " + part);
            return null;
        }
    }

    private boolean tellsWhatLacks() {
        boolean inClass = false;
        for (int at = 0; at < text.length(); at++) {
            String remedy = inClass ? null : remedy(at);
            if (remedy != null) {
                written.faultAt(at, remedy);
                return true;
            }
            char letter = text.charAt(at);
            if (letter == '\\') {
                at++;
            } else if (letter == '[' && !inClass) {
                inClass = true;
                // A bracket that comes first is one of the class.
                at += text.startsWith("^]", at + 1) ? 2 : text.startsWith("]", at + 1) ? 1 : 0;
            } else if (letter == ']') {
                inClass = false;
            }
        }
        return false;
    }

    /** What to do about what begins here, or null where it is nothing that RE2 lacks. */
    private String remedy(int at) {
        if ("(\\+".indexOf(text.charAt(at)) < 0) {
            return null;
        }
        if (text.startsWith("(?=", at) || text.startsWith("(?!", at)) {
            return "lookahead does not match in linear time: ask for it in a selection of its own, and join the two in the"
                    + " condition";
        }
        if (text.startsWith("(?<=", at) || text.startsWith("(?<!", at)) {
            return "lookbehind does not match in linear time: ask for it in a selection of its own, and join the two in the"
                    + " condition";
        }
        if (text.startsWith("(?>", at)) {
            return "atomic groups are not known: write (?:…), which costs no more here";
        }
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
            char next = text.charAt(at + 1);
            if (next >= '1' && next <= '9' || next == 'k') {
                return "a backreference does not match in linear time: write out what may be repeated, or compare two fields"
                        + " with '|fieldref'";
            }
        }
        boolean possessive = at > 1 && text.charAt(at) == '+' && "*+?}".indexOf(text.charAt(at - 1)) >= 0;
        return possessive && text.charAt(at - 2) != '\\'
                ? "possessive quantifiers are not known: leave the second '+' out, it costs no more here"
                : null;
    }
}
