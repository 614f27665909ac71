package org.sandbar.protocol.sip;

import org.sandbar.bytes.Ascii;
import org.sandbar.protocol.Probe;

/** The first line of a message: {@code Method SP Request-URI SP SIP/2.0} or {@code SIP/2.0 SP Code SP Reason} (RFC 3261 section 7). */
final class StartLine {
    static final byte[] VERSION = Ascii.bytes("SIP/2.0");
    private static final byte[] STATUS = Ascii.bytes("SIP/2.0 ");
    private static final int CODE = 3;
    private static final int LONGEST_METHOD = 32;
    private static final int LONGEST_LINE = 2_000;
    private static final String MARKS = "-.!%*_+`'~";

    private StartLine() {}

    /** Empty lines may stand before a message (RFC 3261 section 7.5), and keep a connection open (RFC 5626). */
    static int skipLineEnds(byte[] buffer, int from, int to) {
        int at = from;
        while (at < to && (buffer[at] == '\r' || buffer[at] == '\n')) {
            at++;
        }
        return at;
    }

    /** Whether a message begins here, behind empty lines. */
    static Probe probe(byte[] buffer, int from, int to) {
        int at = skipLineEnds(buffer, from, to);
        if (to - at < STATUS.length + CODE && Ascii.isPrefixOf(STATUS, buffer, at, Math.min(to, at + STATUS.length))) {
            return Probe.NEED_MORE;
        }
        return isStatus(buffer, at, to) ? Probe.MATCH : probeRequest(buffer, at, to);
    }

    static boolean isStatus(byte[] buffer, int from, int to) {
        int code = from + STATUS.length;
        return Ascii.startsWith(buffer, from, to, STATUS)
                && to - code >= CODE
                && buffer[code] >= '1'
                && buffer[code] <= '6'
                && Ascii.isDigit(buffer[code + 1])
                && Ascii.isDigit(buffer[code + 2]);
    }

    private static Probe probeRequest(byte[] buffer, int from, int to) {
        int uri = behindWord(buffer, from, Math.min(to, from + LONGEST_METHOD));
        if (uri == from || uri < to && buffer[uri] != ' ') {
            return Probe.NO_MATCH;
        }
        int at = ++uri;
        while (at < to && isScheme(buffer[at])) {
            at++;
        }
        if (at < to && (at == uri || buffer[at] != ':')) {
            return Probe.NO_MATCH;
        }
        while (at < to && buffer[at] > ' ' && at - from < LONGEST_LINE) {
            at++;
        }
        int version = at + 1;
        if (at < to && buffer[at] != ' ' || version < to && !isVersion(buffer, version, to)) {
            return Probe.NO_MATCH;
        }
        boolean isWhole = at < to && to - version > VERSION.length;
        return isWhole ? Probe.MATCH : Probe.NEED_MORE;
    }

    /** Whether the version stands here, as far as the bytes are there, and the line ends behind it. */
    private static boolean isVersion(byte[] buffer, int from, int to) {
        int end = from + VERSION.length;
        return Ascii.isPrefixOf(VERSION, buffer, from, Math.min(to, end))
                && (end >= to || buffer[end] == '\r' || buffer[end] == '\n');
    }

    /** The end of the token that begins here. */
    static int behindWord(byte[] buffer, int from, int to) {
        int at = from;
        while (at < to && isToken(buffer[at])) {
            at++;
        }
        return at;
    }

    private static boolean isToken(int letter) {
        return Ascii.isLetter(letter) || Ascii.isDigit(letter) || letter > 0 && MARKS.indexOf(letter) >= 0;
    }

    private static boolean isScheme(int letter) {
        return Ascii.isLetter(letter) || Ascii.isDigit(letter) || letter == '+' || letter == '-' || letter == '.';
    }
}
