package org.sandbar.rule;

import java.util.List;
import org.sandbar.event.Field.Type;
import org.sandbar.yaml.Spelling;
import org.sandbar.yaml.YamlScalar;

/** The key of a comparison: {@code field|modifier|modifier}, taken apart. */
final class FieldKey {
    /** What is asked of the field; each is the modifier of that name, but for the first. */
    enum Mode {
        EQUALS,
        CONTAINS,
        STARTSWITH,
        ENDSWITH,
        RE,
        CIDR,
        GT,
        GTE,
        LT,
        LTE,
        EXISTS,
        FIELDREF;

        boolean isForText() {
            return this == CONTAINS || this == STARTSWITH || this == ENDSWITH || this == RE;
        }

        boolean isOrder() {
            return this == GT || this == GTE || this == LT || this == LTE;
        }
    }

    private static final List<String> SUPPORTED = List.of(
            "all",
            "cased",
            "cidr",
            "contains",
            "endswith",
            "exists",
            "fieldref",
            "gt",
            "gte",
            "lt",
            "lte",
            "re",
            "i",
            "m",
            "s",
            "startswith");

    /** The rest of Sigma's: known, so that nobody takes them for a typing error. */
    private static final List<String> NOT_YET = List.of(
            "base64",
            "base64offset",
            "day",
            "expand",
            "hour",
            "minute",
            "month",
            "neq",
            "utf16",
            "utf16be",
            "utf16le",
            "week",
            "wide",
            "windash",
            "year");

    private final YamlScalar written;
    private final String path;
    private Mode mode = Mode.EQUALS;
    private int modeAt;
    private boolean all;
    private boolean cased;
    private boolean ignoreCase;
    private boolean multiline;
    private boolean dotAll;
    private boolean sound = true;

    FieldKey(YamlScalar written) {
        this.written = written;
        String text = written.text();
        int bar = text.indexOf('|');
        path = bar < 0 ? text : text.substring(0, bar);
        while (bar >= 0) {
            int next = text.indexOf('|', bar + 1);
            modifier(text.substring(bar + 1, next < 0 ? text.length() : next), bar + 1);
            bar = next;
        }
        boolean forCase = mode == Mode.EQUALS || mode == Mode.FIELDREF || mode.isForText() && mode != Mode.RE;
        if (sound && cased && !forCase) {
            fault(text.indexOf("|cased") + 1, "'|cased' cannot go with '|" + word() + "'");
        }
        if (sound && all && (mode == Mode.EXISTS || mode.isOrder())) {
            fault(text.indexOf("|all") + 1, "'|all' cannot go with '|" + word() + "'");
        }
    }

    private void modifier(String word, int at) {
        if (!SUPPORTED.contains(word)) {
            fault(
                    at,
                    NOT_YET.contains(word)
                            ? "not supported yet: '|" + word + "'; supported: " + String.join(", ", SUPPORTED)
                            : "unknown modifier '" + word + "'" + Spelling.hint(word, SUPPORTED));
        } else if (word.equals("all")) {
            all = true;
        } else if (word.equals("cased")) {
            cased = true;
        } else if (word.length() == 1) {
            flag(word, at);
        } else {
            mode(word, at);
        }
    }

    private void flag(String word, int at) {
        if (mode != Mode.RE) {
            fault(at, "'|" + word + "' must stand behind '|re'");
        }
        ignoreCase |= word.equals("i");
        multiline |= word.equals("m");
        dotAll |= word.equals("s");
    }

    private void mode(String word, int at) {
        if (mode != Mode.EQUALS) {
            fault(at, "'|" + word + "' cannot go with '|" + word() + "'");
            return;
        }
        for (Mode candidate : Mode.values()) {
            if (YamlScalar.written(candidate).equals(word)) {
                mode = candidate;
                modeAt = at;
            }
        }
    }

    /** Tells a fault where the type cannot be asked so. */
    boolean appliesTo(Type type) {
        boolean applies =
                switch (mode) {
                    case EXISTS, EQUALS, FIELDREF -> true;
                    case CIDR -> type == Type.ADDRESS || type == Type.ADDRESS_OR_ANY || type == Type.ADDRESSES;
                    case GT, GTE, LT, LTE -> type == Type.NUMBER || type == Type.DECIMAL;
                    default -> type == Type.TEXT || type == Type.TEXTS;
                };
        boolean opaque = type == Type.ROWS || type == Type.TIME;
        if (opaque && mode != Mode.EXISTS) {
            fault(0, "'" + path + "' is " + called(type) + ": rules can only ask whether it exists");
        } else if (!applies) {
            fault(modeAt, "'|" + word() + "' does not apply to '" + path + "', which is " + called(type));
        }
        return sound;
    }

    /** A type, for messages. */
    static String called(Type type) {
        return switch (type) {
            case TEXT -> "text";
            case TEXTS -> "a list of texts";
            case NUMBER, DECIMAL -> "a number";
            case FLAG -> "true or false";
            case ADDRESS, ADDRESS_OR_ANY -> "an address";
            case ADDRESSES -> "a list of addresses";
            case TIME -> "a time";
            case ROWS -> "a table";
        };
    }

    private void fault(int offset, String message) {
        sound = false;
        written.faultAt(offset, message);
    }

    private String word() {
        return YamlScalar.written(mode);
    }

    /** Whether nothing was wrong so far. */
    boolean isSound() {
        return sound;
    }

    YamlScalar written() {
        return written;
    }

    String path() {
        return path;
    }

    Mode mode() {
        return mode;
    }

    /** Whether every value must match, as against one. */
    boolean isAll() {
        return all;
    }

    boolean isCased() {
        return cased;
    }

    boolean ignoresCase() {
        return ignoreCase;
    }

    boolean isMultiline() {
        return multiline;
    }

    boolean isDotAll() {
        return dotAll;
    }
}
