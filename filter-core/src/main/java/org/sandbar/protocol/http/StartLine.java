package org.sandbar.protocol.http;

import java.util.Arrays;
import java.util.List;
import org.sandbar.bytes.Ascii;
import org.sandbar.protocol.Probe;

/**
 * The first line of a message (RFC 9112 sections 3 and 4): how it is told from anything else, and where its words stand. Reads as
 * leniently as servers and browsers do: any run of white space parts words. Stateless but for the words of the line parsed last,
 * which are positions in the caller's array. One analyzer's thread.
 */
final class StartLine {
    /** Methods that HTTP alone has: with a path behind them they are decided before the line ends. */
    private static final List<String> OWN = List.of(
            "GET",
            "POST",
            "HEAD",
            "PUT",
            "DELETE",
            "PATCH",
            "CONNECT",
            "TRACE",
            "PROPFIND",
            "PROPPATCH",
            "MKCOL",
            "COPY",
            "MOVE",
            "LOCK",
            "UNLOCK",
            "REPORT",
            "MERGE",
            "CHECKOUT",
            "MKACTIVITY",
            "SEARCH",
            "PURGE");

    /** Methods that SIP or RTSP have as well; their version decides. */
    private static final List<String> SHARED = List.of("OPTIONS", "SUBSCRIBE", "UNSUBSCRIBE", "NOTIFY", "M-SEARCH");

    private static final Word[][] BY_LENGTH = new Word[16][0];
    private static final byte[] VERSION = Ascii.bytes("http/");
    private static final byte[] USUAL_VERSION = Ascii.bytes("HTTP/1.");
    private static final byte[] VERSION_1 = Ascii.bytes("http/1.");
    private static final int LONGEST_METHOD = 32;

    private record Word(byte[] bytes, String text, boolean own) {}

    static {
        OWN.forEach(method -> add(method, true));
        SHARED.forEach(method -> add(method, false));
    }

    int methodFrom;
    int methodTo;
    int targetFrom;
    int targetTo;
    /** The version, in a response the status; empty where there is none. */
    int versionFrom;

    int versionTo;
    int statusFrom;
    int statusTo;

    private static void add(String method, boolean own) {
        Word[] words = BY_LENGTH[method.length()];
        Word[] more = Arrays.copyOf(words, words.length + 1);
        more[words.length] = new Word(Ascii.bytes(method), method, own);
        BY_LENGTH[method.length()] = more;
    }

    /** The known method of {@code [from, to)}, or null. */
    private static Word known(byte[] buffer, int from, int to) {
        if (to - from >= BY_LENGTH.length) {
            return null;
        }
        for (Word word : BY_LENGTH[to - from]) {
            if (Ascii.startsWith(buffer, from, to, word.bytes)) {
                return word;
            }
        }
        return null;
    }

    /** The text of a known method, or null. */
    static String method(byte[] buffer, int from, int to) {
        Word word = known(buffer, from, to);
        return word == null ? null : word.text;
    }

    /** Whether bytes begin with a request line. */
    static Probe probeRequest(byte[] buffer, int offset, int to) {
        int from = skipSpace(buffer, offset, to);
        int at = from;
        while (at < to && isToken(buffer[at])) {
            at++;
        }
        if (at - from > LONGEST_METHOD
                || at < to && (at == from || !Ascii.isLetter(buffer[from]) || !Ascii.isBlank(buffer[at]))) {
            return Probe.NO_MATCH;
        }
        int target = Ascii.skipBlanks(buffer, at, to);
        if (target >= to) {
            return Probe.NEED_MORE;
        }
        Word method = known(buffer, from, at);
        if (method != null && method.own && buffer[target] == '/') {
            return Probe.MATCH;
        }
        return probeVersion(buffer, target, to);
    }

    private static Probe probeVersion(byte[] buffer, int target, int to) {
        for (int at = target; at < to; at++) {
            int letter = buffer[at];
            if (letter == '\n') {
                int end = Ascii.trimEnd(buffer, target, at);
                int version = lastWord(buffer, target, end);
                return Ascii.startsWithIgnoreCase(buffer, version, end, VERSION_1) ? Probe.MATCH : Probe.NO_MATCH;
            }
            if (letter >= 0 && letter < ' ' && !isSpace(letter)) {
                return Probe.NO_MATCH;
            }
        }
        return Probe.NEED_MORE;
    }

    /** Whether bytes begin with a status line. */
    static Probe probeStatus(byte[] buffer, int offset, int to) {
        int from = skipSpace(buffer, offset, to);
        if (Ascii.startsWithIgnoreCase(buffer, from, to, VERSION_1)) {
            return Probe.MATCH;
        }
        for (int i = 0; i < Math.min(to - from, VERSION_1.length); i++) {
            if (Ascii.lower(buffer[from + i]) != VERSION_1[i]) {
                return Probe.NO_MATCH;
            }
        }
        return Probe.NEED_MORE;
    }

    /** Finds the words of a request line; false where it is none. One without a version must look like HTTP/0.9, or be cut. */
    boolean parseRequest(byte[] line, int offset, int to, boolean cut) {
        methodFrom = skipSpace(line, offset, to);
        methodTo = wordEnd(line, methodFrom, to);
        targetFrom = skipSpace(line, methodTo, to);
        versionFrom = lastWord(line, targetFrom, to);
        versionTo = to;
        targetTo = to;
        boolean known = known(line, methodFrom, methodTo) != null;
        if (versionFrom > targetFrom && isVersion(line, versionFrom, to)) {
            targetTo = spaceStart(line, targetFrom, versionFrom);
            return known || isToken(line, methodFrom, methodTo) && line[versionFrom + VERSION.length] < '2';
        }
        versionFrom = to;
        return known && targetFrom < to && (cut || line[targetFrom] == '/');
    }

    /** What the request line that was parsed last has and should not. */
    long faults(byte[] line, int offset, int to) {
        long faults = 0;
        boolean spaced = methodFrom > offset || targetFrom > methodTo + 1 || versionFrom > targetTo + 1;
        faults |= spaced ? Fault.START_LINE_SPACE.bit() : 0;
        faults |= versionFrom == to && versionTo == to ? Fault.VERSION_MISSING.bit() : 0;
        boolean usual = versionTo - versionFrom == 8
                && Ascii.startsWith(line, versionFrom, versionTo, USUAL_VERSION)
                && (line[versionTo - 1] == '0' || line[versionTo - 1] == '1');
        faults |= versionFrom < versionTo && !usual ? Fault.VERSION_ODD.bit() : 0;
        if (!Ascii.isPlain(line, offset, to)) {
            faults |= letters(line, offset, to);
        }
        for (int at = targetFrom; at < targetTo; at++) {
            faults |= line[at] == ' ' ? Fault.TARGET_SPACE.bit() : 0;
        }
        boolean lower = false;
        for (int at = methodFrom; at < methodTo; at++) {
            lower |= line[at] >= 'a' && line[at] <= 'z';
        }
        if (lower && isKnownInCapitals(line)) {
            faults |= Fault.METHOD_LOWER_CASE.bit();
        }
        return faults;
    }

    private boolean isKnownInCapitals(byte[] line) {
        byte[] capitals = Ascii.bytes(Ascii.upper(line, methodFrom, methodTo));
        return known(capitals, 0, capitals.length) != null;
    }

    private long letters(byte[] line, int from, int to) {
        long faults = 0;
        for (int at = from; at < to; at++) {
            int letter = line[at];
            if (letter == '\t') {
                faults |= Fault.START_LINE_TAB.bit();
            } else if (letter == '\r') {
                faults |= Fault.BARE_CARRIAGE_RETURN.bit();
            } else if (letter >= 0 && letter < ' ' || letter == 0x7f) {
                faults |= Fault.START_LINE_CONTROL.bit();
            } else if (letter < 0) {
                faults |= Fault.TARGET_NON_ASCII.bit();
            }
        }
        return faults;
    }

    /** Finds the words of a status line; false where it is none. */
    boolean parseStatus(byte[] line, int offset, int to) {
        versionFrom = skipSpace(line, offset, to);
        versionTo = wordEnd(line, versionFrom, to);
        statusFrom = skipSpace(line, versionTo, to);
        statusTo = wordEnd(line, statusFrom, to);
        return isVersion(line, versionFrom, to);
    }

    private static boolean isVersion(byte[] line, int from, int to) {
        return Ascii.startsWithIgnoreCase(line, from, to, VERSION)
                && to > from + VERSION.length
                && Ascii.isDigit(line[from + VERSION.length]);
    }

    private static int lastWord(byte[] line, int from, int to) {
        int at = to;
        while (at > from && !isSpace(line[at - 1])) {
            at--;
        }
        return at;
    }

    private static int wordEnd(byte[] line, int from, int to) {
        int at = from;
        while (at < to && !isSpace(line[at])) {
            at++;
        }
        return at;
    }

    private static int skipSpace(byte[] line, int from, int to) {
        int at = from;
        while (at < to && isSpace(line[at])) {
            at++;
        }
        return at;
    }

    private static int spaceStart(byte[] line, int from, int to) {
        int at = to;
        while (at > from && isSpace(line[at - 1])) {
            at--;
        }
        return at;
    }

    /** What RFC 9112 section 3 lets a lenient reader take for white space, and LF, which has ended the line already. */
    private static boolean isSpace(int letter) {
        return letter == ' ' || letter >= '\t' && letter <= '\r';
    }

    private static boolean isToken(byte[] line, int from, int to) {
        for (int at = from; at < to; at++) {
            if (!isToken(line[at])) {
                return false;
            }
        }
        return to > from && to - from <= LONGEST_METHOD;
    }

    private static boolean isToken(int letter) {
        return Ascii.isLetter(letter) || Ascii.isDigit(letter) || letter == '-' || letter == '_';
    }
}
