package org.sandbar.protocol.policyfile;

import java.util.EnumSet;
import java.util.Set;

/**
 * What stands before the root element of an XML document (XML 1.0 section 2.8): declaration, comments, processing instructions and a
 * document type, which is passed over here so that no parser ever looks into one. {@code root} is where the root element begins,
 * {@code -1} where the text ends before, {@code -2} where something else stands there. Any thread.
 */
record Prolog(int root, int doctypeFrom, int doctypeTo, Set<Finding> findings) {
    static final int CUT = -1;
    static final int NOT_XML = -2;

    private static final String DOCTYPE = "<!DOCTYPE";
    private static final String ENTITY = "<!ENTITY";

    /** Reads the beginning of a text, leading blanks and a byte order mark allowed, as Silverlight does. */
    static Prolog of(String text) {
        Set<Finding> findings = EnumSet.noneOf(Finding.class);
        int doctypeFrom = 0;
        int doctypeTo = 0;
        int at = text.startsWith("\ufeff") ? 1 : 0;
        while (true) {
            at = skipBlanks(text, at);
            int end;
            if (at >= text.length()) {
                return new Prolog(CUT, doctypeFrom, doctypeTo, findings);
            } else if (text.startsWith("<?", at)) {
                end = behind(text, "?>", at + 2);
            } else if (text.startsWith("<!--", at)) {
                end = behind(text, "-->", at + 4);
            } else if (text.startsWith(DOCTYPE, at) && doctypeTo == 0) {
                end = doctype(text, at + DOCTYPE.length(), findings);
                doctypeFrom = at;
                doctypeTo = end;
            } else {
                return new Prolog(root(text, at), doctypeFrom, doctypeTo, findings);
            }
            if (end < 0) {
                return new Prolog(CUT, doctypeFrom, doctypeTo, findings);
            }
            at = end;
        }
    }

    private static int root(String text, int at) {
        boolean mayBecomeMore = "<!--".startsWith(text.substring(at)) || DOCTYPE.startsWith(text.substring(at));
        if (mayBecomeMore) {
            return CUT;
        }
        return text.charAt(at) == '<' && text.charAt(at + 1) != '!' && text.charAt(at + 1) != '/' ? at : NOT_XML;
    }

    private static int skipBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private static int behind(String text, String word, int from) {
        int at = text.indexOf(word, from);
        return at < 0 ? -1 : at + word.length();
    }

    /** Where the document type ends: at a {@code >} that is in no literal, comment, instruction or internal subset. */
    private static int doctype(String text, int from, Set<Finding> findings) {
        boolean inside = false;
        int at = from;
        while (at >= 0 && at < text.length()) {
            char letter = text.charAt(at);
            if (letter == '"' || letter == '\'') {
                at = behind(text, String.valueOf(letter), at + 1);
            } else if (text.startsWith("<!--", at)) {
                at = behind(text, "-->", at + 4);
            } else if (text.startsWith("<?", at)) {
                at = behind(text, "?>", at + 2);
            } else if (letter == '>' && !inside) {
                return at + 1;
            } else {
                if (text.startsWith(ENTITY, at)) {
                    entity(text, at + ENTITY.length(), findings);
                }
                inside = letter == '[' || inside && letter != ']';
                at++;
            }
        }
        return -1;
    }

    /** An entity whose value is a literal stands in the file, any other is somewhere else. */
    private static void entity(String text, int from, Set<Finding> findings) {
        findings.add(Finding.ENTITY);
        int literal = from;
        while (literal < text.length() && "\"'>".indexOf(text.charAt(literal)) < 0) {
            literal++;
        }
        String words = text.substring(from, literal);
        if (words.contains("SYSTEM") || words.contains("PUBLIC")) {
            findings.add(Finding.EXTERNAL_ENTITY);
        }
    }

    /** The text from its first letter on, without its document type. */
    String without(String text) {
        String marked = text.startsWith("\ufeff") ? text.substring(1) : text;
        int shift = text.length() - marked.length();
        return doctypeTo == 0
                ? marked.strip()
                : (marked.substring(0, doctypeFrom - shift) + marked.substring(doctypeTo - shift)).strip();
    }
}
