package org.sandbar.rule;

import java.util.ArrayList;
import java.util.List;
import org.sandbar.bytes.Words;
import org.sandbar.event.Field.Type;
import org.sandbar.rule.TextPattern.Place;
import org.sandbar.yaml.Spelling;
import org.sandbar.yaml.YamlScalar;

/**
 * The key of a comparison: {@code field|modifier|modifier}, taken apart. What Sigma applies one behind the other must stand in that
 * order: encodings before the place, {@code fieldref} before the place, {@code re} before its flags. A key of modifiers alone is one
 * of keywords.
 */
final class FieldKey {
    /** What is asked of the field; each is the modifier of that name, but for the first. */
    enum Mode {
        EQUALS,
        RE,
        CIDR,
        GT,
        GTE,
        LT,
        LTE,
        EXISTS,
        FIELDREF;

        private final String modifier = Words.of(this);

        boolean isOrder() {
            return this == GT || this == GTE || this == LT || this == LTE;
        }
    }

    private static final List<String> PLACES = List.of("startswith", "endswith", "contains");
    private static final List<String> SUPPORTED = List.of(
            "all",
            "base64",
            "base64offset",
            "cased",
            "cidr",
            "contains",
            "day",
            "endswith",
            "exists",
            "expand",
            "fieldref",
            "gt",
            "gte",
            "hour",
            "lt",
            "lte",
            "minute",
            "month",
            "neq",
            "re",
            "i",
            "m",
            "s",
            "startswith",
            "utf16",
            "utf16be",
            "utf16le",
            "week",
            "wide",
            "windash",
            "year");

    /** Of words that stand without a key: looked for as they are. */
    static final FieldKey WORD = new FieldKey();

    private final YamlScalar written;
    private final String path;
    private Mode mode = Mode.EQUALS;
    private Place place = Place.WHOLE;
    private TimePart timePart;
    private final List<Encoding> encodings = new ArrayList<>(0);
    private boolean anyDash;
    private boolean all;
    private boolean cased;
    private boolean negated;
    private boolean expanded;
    private boolean ignoreCase;
    private boolean multiline;
    private boolean dotAll;
    /** The modifier that says most of what is asked, and where it stands; for messages. */
    private String word = "";

    private int wordAt;
    private boolean sound = true;

    private FieldKey() {
        written = null;
        path = "";
    }

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
        boolean forCase = (mode == Mode.EQUALS || mode == Mode.FIELDREF) && timePart == null;
        if (cased && !forCase) {
            refuse("cased");
        }
        if (all && (mode == Mode.EXISTS || mode.isOrder())) {
            refuse("all");
        }
        if (negated && mode == Mode.EXISTS) {
            refuse("neq");
        }
    }

    private void refuse(String modifier) {
        if (sound) {
            fault(written.text().indexOf("|" + modifier) + 1, "'|" + modifier + "' cannot go with '|" + word + "'");
        }
    }

    private void modifier(String modifier, int at) {
        if (!SUPPORTED.contains(modifier)) {
            fault(at, "unknown modifier '" + modifier + "'" + Spelling.hint(modifier, SUPPORTED));
        } else if (modifier.equals("all")) {
            all = true;
        } else if (modifier.equals("cased")) {
            cased = true;
        } else if (modifier.equals("neq")) {
            negated = true;
        } else if (modifier.equals("expand")) {
            expanded = true;
        } else if (modifier.equals("windash")) {
            dashes(at);
        } else if (modifier.length() == 1) {
            flag(modifier, at);
        } else if (PLACES.contains(modifier)) {
            place(modifier, at);
        } else if (Encoding.named(modifier) != null) {
            encoding(modifier, at);
        } else if (TimePart.named(modifier) != null) {
            timePart(modifier, at);
        } else {
            mode(modifier, at);
        }
    }

    private void flag(String modifier, int at) {
        if (mode != Mode.RE) {
            fault(at, "'|" + modifier + "' must stand behind '|re'");
        }
        ignoreCase |= modifier.equals("i");
        multiline |= modifier.equals("m");
        dotAll |= modifier.equals("s");
    }

    private void place(String modifier, int at) {
        if (mode != Mode.EQUALS && mode != Mode.FIELDREF || place != Place.WHOLE || timePart != null) {
            clash(modifier, at);
            return;
        }
        place = modifier.equals("contains") ? Place.ANYWHERE : modifier.equals("startswith") ? Place.START : Place.END;
        says(modifier, at);
    }

    private void encoding(String modifier, int at) {
        if (place != Place.WHOLE) {
            fault(at, "'|" + modifier + "' must stand before '|" + word + "'");
        } else if (mode != Mode.EQUALS || timePart != null || anyDash) {
            clash(modifier, at);
        } else {
            encodings.add(Encoding.named(modifier));
            says(modifier, at);
        }
    }

    private void dashes(int at) {
        if (mode != Mode.EQUALS || timePart != null || !encodings.isEmpty()) {
            clash("windash", at);
            return;
        }
        anyDash = true;
        if (place == Place.WHOLE) {
            says("windash", at);
        }
    }

    private void timePart(String modifier, int at) {
        if (!word.isEmpty()) {
            clash(modifier, at);
            return;
        }
        timePart = TimePart.named(modifier);
        says(modifier, at);
    }

    private void mode(String modifier, int at) {
        Mode wanted = mode;
        for (Mode candidate : Mode.values()) {
            if (candidate.modifier.equals(modifier)) {
                wanted = candidate;
            }
        }
        if (wanted == Mode.FIELDREF && place != Place.WHOLE && mode == Mode.EQUALS) {
            fault(at, "'|fieldref' must stand before '|" + word + "'");
        } else if (!word.isEmpty() && !(timePart != null && mode == Mode.EQUALS && wanted.isOrder())) {
            clash(modifier, at);
        } else {
            mode = wanted;
            says(modifier, at);
        }
    }

    private void says(String modifier, int at) {
        word = modifier;
        wordAt = at;
    }

    private void clash(String modifier, int at) {
        fault(at, "'|" + modifier + "' cannot go with '|" + (word.isEmpty() ? "windash" : word) + "'");
    }

    /** Tells a fault where the type cannot be asked so. */
    boolean appliesTo(Type type) {
        if (mode == Mode.EXISTS) {
            return sound;
        }
        boolean text = type == Type.TEXT || type == Type.TEXTS;
        boolean applies =
                switch (mode) {
                    case CIDR -> type == Type.ADDRESS || type == Type.ADDRESS_OR_ANY || type == Type.ADDRESSES;
                    case GT, GTE, LT, LTE -> type == Type.NUMBER || type == Type.DECIMAL || timePart != null;
                    case RE -> text;
                    default -> text || place == Place.WHOLE && encodings.isEmpty() && !anyDash;
                };
        if (type == Type.ROWS) {
            fault(0, "'" + path + "' is a table: rules can only ask whether it exists");
        } else if (type == Type.TIME && timePart == null) {
            fault(
                    0,
                    "'" + path + "' is a time: rules can ask whether it exists, and, with '|hour' and the like, for a"
                            + " part of it");
        } else if (!applies || timePart != null && type != Type.TIME) {
            fault(wordAt, "'|" + word + "' does not apply to '" + path + "', which is " + called(type));
        }
        return sound;
    }

    /** Tells a fault where texts cannot be searched so for words. */
    boolean appliesToWords() {
        if (sound && (mode != Mode.EQUALS && mode != Mode.RE || timePart != null)) {
            fault(wordAt, "'|" + word + "' needs a field");
        }
        return sound;
    }

    /** A type, for messages. */
    static String called(Type type) {
        return type.called();
    }

    private void fault(int offset, String message) {
        sound = false;
        written.faultAt(offset, message);
    }

    /** Whether nothing was wrong so far. */
    boolean isSound() {
        return sound;
    }

    YamlScalar written() {
        return written;
    }

    /** Empty for keywords. */
    String path() {
        return path;
    }

    /** Whether a value is compared as it stands, which alone null can be. */
    boolean isPlain() {
        return mode == Mode.EQUALS && word.isEmpty();
    }

    Mode mode() {
        return mode;
    }

    Place place() {
        return place;
    }

    /** What is taken out of a time, or null. */
    TimePart timePart() {
        return timePart;
    }

    /** In the order in which they are applied. */
    List<Encoding> encodings() {
        return encodings;
    }

    /** Whether a dash before a word stands for all that Windows takes for one. */
    boolean isAnyDash() {
        return anyDash;
    }

    /** Whether every value must match, as against one. */
    boolean isAll() {
        return all;
    }

    /** Whether the values name variables. */
    boolean isExpanded() {
        return expanded;
    }

    boolean isCased() {
        return cased;
    }

    /** Whether what the values say must not hold. */
    boolean isNegated() {
        return negated;
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
