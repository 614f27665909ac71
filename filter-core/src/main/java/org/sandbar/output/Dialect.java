package org.sandbar.output;

import java.util.function.UnaryOperator;
import org.sandbar.event.Field;

/**
 * How the two formats of a header and {@code key=value} pairs spell them. Neither can spell a control character, and LEEF can spell no
 * delimiter at all, so that all texts are made {@link Visible} before.
 */
enum Dialect {
    /** ArcSight's Common Event Format, version 0. */
    CEF("cef.txt", "CEF:0", "", ' ', text -> backslashed(text, '|'), text -> backslashed(text, '=')),
    /** IBM's Log Event Extended Format, version 2.0, with tabs between the pairs. */
    LEEF("leef.txt", "LEEF:2.0", "x09|", '\t', text -> text.replace("|", Visible.escaped('|')), text -> text);

    /** Vendor and product. */
    static final String MAKER = "Sandbar";

    private final Mapping mapping;
    private final String version;
    private final String end;
    private final char delimiter;
    private final UnaryOperator<String> headerEscape;
    private final UnaryOperator<String> valueEscape;

    /** {@code end} stands behind the header's own fields. */
    Dialect(
            String table,
            String version,
            String end,
            char delimiter,
            UnaryOperator<String> headerEscape,
            UnaryOperator<String> valueEscape) {
        mapping = new Mapping(table, Dialect::ownKey);
        this.version = version;
        this.end = end;
        this.delimiter = delimiter;
        this.headerEscape = headerEscape;
        this.valueEscape = valueEscape;
    }

    /** Keys are letters and digits: {@code sandbarHttpHostCount} for {@code http.host_count}. */
    private static String ownKey(Field field) {
        StringBuilder key = new StringBuilder("sandbar");
        for (String word : field.path().split("[._]")) {
            key.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
        }
        return key.toString();
    }

    private static String backslashed(String text, char special) {
        if (text.indexOf(special) < 0 && text.indexOf('\\') < 0) {
            return text;
        }
        return text.replace("\\", "\\\\").replace(String.valueOf(special), "\\" + special);
    }

    Mapping mapping() {
        return mapping;
    }

    /** What stands before the header's own fields. */
    String start() {
        return version + '|' + MAKER + '|' + MAKER + '|' + headerEscape.apply(Told.version()) + '|';
    }

    String version() {
        return version;
    }

    /** What stands behind them. */
    String end() {
        return end;
    }

    char delimiter() {
        return delimiter;
    }

    String header(String text) {
        return headerEscape.apply(text);
    }

    String value(String text) {
        return valueEscape.apply(text);
    }
}
