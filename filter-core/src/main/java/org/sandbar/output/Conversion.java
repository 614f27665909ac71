package org.sandbar.output;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sandbar.event.Field.Type;
import org.sandbar.wire.Address;

/** How a value is spelled in a place that wants it otherwise. Answers null where the place cannot hold it. */
enum Conversion {
    AS_IS(null, true, value -> value),
    LOWER(Type.TEXT, true, value -> ((String) value).toLowerCase(Locale.ROOT)),
    TEXT(Type.TEXT, true, Object::toString),
    /** Two hexadecimal digits as a number. */
    HEX(Type.NUMBER, true, digits -> Long.valueOf((String) digits, 16)),
    /** "ipv4" of 4. */
    IPV(Type.TEXT, true, version -> "ipv" + version),
    /** Only an address of this version of IP; a mapping has places for both. */
    IPV4(Type.ADDRESS, true, address -> ((Address) address).version() == 4 ? address : null),
    IPV6(Type.ADDRESS, true, address -> ((Address) address).version() == 6 ? address : null),
    /** The first of a list. */
    FIRST(Type.TEXT, false, list -> ((List<?>) list).isEmpty() ? null : ((List<?>) list).get(0)),
    OUTCOME(Type.TEXT, false, accepted -> (Boolean) accepted ? "success" : "failure"),
    /** "1.2" of "TLS 1.2", "HTTP/1.2", "TLSv1.2". */
    VERSION(Type.TEXT, false, Conversion::version);

    private static final Pattern VERSION_NUMBER = Pattern.compile("(?:HTTP/|(?:TLS|SSL|DTLS)[ v]?)?([0-9][0-9.]{0,7})");

    private final Type type;
    private final boolean whole;
    private final UnaryOperator<Object> conversion;

    Conversion(Type type, boolean whole, UnaryOperator<Object> conversion) {
        this.type = type;
        this.whole = whole;
        this.conversion = conversion;
    }

    private static Object version(Object text) {
        Matcher version = VERSION_NUMBER.matcher((String) text);
        return version.matches() ? version.group(1) : null;
    }

    static Conversion of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    Type type(Type before) {
        return type == null ? before : type;
    }

    /** Whether nothing of the value is lost, so that it need not be written a second time. */
    boolean isWhole() {
        return whole;
    }

    Object of(Object value) {
        return conversion.apply(value);
    }
}
