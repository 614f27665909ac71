package org.sandbar.protocol.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sandbar.bytes.Ascii;

/**
 * What the headers of one message say of its body's length (RFC 9112 section 6), and what readers of different habits take it for.
 * Contradictions are kept as such; what they mean depends on the message and is decided by its reader. One analyzer's thread.
 */
final class Framing {
    /** So many digits fit a long with room to add an offset. */
    private static final int MOST_DIGITS = 18;

    /** Bodies that are no number of bytes. */
    private static final long NONE = -1;

    private static final long IN_CHUNKS = -2;
    private static final long REFUSED = -3;

    private static final byte[] CHUNKED = Ascii.bytes("chunked");
    private static final byte[] IDENTITY = Ascii.bytes("identity");
    private static final List<byte[]> CODINGS = List.of(
            Ascii.bytes("gzip"),
            Ascii.bytes("x-gzip"),
            Ascii.bytes("compress"),
            Ascii.bytes("x-compress"),
            Ascii.bytes("deflate"));

    private int lengthLines;
    private long length;
    private boolean contradicted;
    /** As C programs read a number: what digits there are behind white space and a sign; none where there are none. */
    private long firstLenient;

    private long lastLenient;
    private boolean coded;
    private boolean chunked;
    private boolean chunkedSomewhere;
    private int chunkedTimes;
    private boolean unknownCoding;
    private boolean hidden;
    private long faults;

    void clear() {
        lengthLines = 0;
        length = NONE;
        contradicted = false;
        firstLenient = NONE;
        lastLenient = NONE;
        coded = false;
        chunked = false;
        chunkedSomewhere = false;
        chunkedTimes = 0;
        unknownCoding = false;
        hidden = false;
        faults = 0;
    }

    private void fault(Fault fault, boolean holds) {
        if (holds) {
            faults |= fault.bit();
        }
    }

    /** A header that some readers do not see, for the white space in its name or for a fold. */
    void hide() {
        hidden = true;
        fault(Fault.LENGTH_HIDDEN, true);
    }

    /** A Content-Length: one number, or several equal ones (section 6.3). */
    void addLength(byte[] line, int from, int to) {
        fault(Fault.CONTENT_LENGTH_REPEATED, lengthLines > 0);
        lastLenient = lenient(line, from, to);
        firstLenient = lengthLines++ == 0 ? lastLenient : firstLenient;
        int at = from;
        while (true) {
            int comma = Ascii.indexOf(line, at, to, ',');
            int end = comma < 0 ? to : comma;
            int first = Ascii.skipBlanks(line, at, end);
            int last = Ascii.trimEnd(line, at, end);
            long number = number(line, first, last);
            if (number < 0) {
                faults |= whyNoNumber(line, first, last).bit();
            }
            fault(Fault.CONTENT_LENGTH_LEADING_ZERO, number >= 0 && last - first > 1 && line[first] == '0');
            fault(Fault.CONTENT_LENGTH_DIFFERS, number >= 0 && length >= 0 && number != length);
            contradicted |= number < 0 || length >= 0 && number != length;
            length = Math.max(length, number);
            if (comma < 0) {
                return;
            }
            fault(Fault.CONTENT_LENGTH_LIST, true);
            at = comma + 1;
        }
    }

    private static Fault whyNoNumber(byte[] line, int from, int to) {
        if (from >= to) {
            return Fault.CONTENT_LENGTH_EMPTY;
        }
        int digits = from;
        while (digits < to && Ascii.isDigit(line[digits])) {
            digits++;
        }
        if (digits == to) {
            return Fault.CONTENT_LENGTH_TOO_LARGE;
        }
        if (line[from] == '+' || line[from] == '-') {
            return Fault.CONTENT_LENGTH_SIGNED;
        }
        boolean hexadecimal = digits == from + 1 && line[from] == '0' && (line[digits] | 0x20) == 'x';
        return hexadecimal ? Fault.CONTENT_LENGTH_HEXADECIMAL : Fault.CONTENT_LENGTH_NOT_A_NUMBER;
    }

    /** Digits alone, or -1. */
    static long number(byte[] line, int from, int to) {
        if (from >= to || to - from > MOST_DIGITS) {
            return -1;
        }
        long number = 0;
        for (int at = from; at < to; at++) {
            if (!Ascii.isDigit(line[at])) {
                return -1;
            }
            number = number * 10 + line[at] - '0';
        }
        return number;
    }

    private static long lenient(byte[] line, int from, int to) {
        int at = from;
        while (at < to && line[at] <= ' ') {
            at++;
        }
        if (at < to && (line[at] == '+' || line[at] == '-')) {
            at++;
        }
        int end = at;
        while (end < to && Ascii.isDigit(line[end])) {
            end++;
        }
        // A number that is too large is read as the largest.
        return end == at ? NONE : end - at > MOST_DIGITS ? Long.MAX_VALUE : number(line, at, end);
    }

    /** A Transfer-Encoding: what counts is whether the last coding of the last one is chunked (section 6.1). */
    void addCodings(byte[] line, int from, int to) {
        int at = from;
        while (at <= to) {
            int comma = Ascii.indexOf(line, at, to, ',');
            int end = comma < 0 ? to : comma;
            addCoding(line, Ascii.skipBlanks(line, at, end), Ascii.trimEnd(line, at, end));
            at = end + 1;
        }
    }

    private void addCoding(byte[] line, int from, int to) {
        if (Ascii.equalsIgnoreCase(line, from, to, IDENTITY)) {
            return;
        }
        fault(Fault.CODING_REPEATED, chunkedTimes > 0);
        coded = true;
        chunked = Ascii.equalsIgnoreCase(line, from, to, CHUNKED);
        chunkedTimes += chunked ? 1 : 0;
        boolean contained = chunked;
        for (int at = from; !contained && at + CHUNKED.length <= to; at++) {
            contained = Ascii.startsWithIgnoreCase(line, at, to, CHUNKED);
        }
        chunkedSomewhere |= contained;
        fault(Fault.CODING_OBFUSCATED, contained && !chunked);
        boolean known = chunked;
        for (int i = 0; !known && i < CODINGS.size(); i++) {
            known = Ascii.equalsIgnoreCase(line, from, to, CODINGS.get(i));
        }
        unknownCoding |= !known;
        fault(Fault.CODING_UNKNOWN, !known);
    }

    /** Two readers may find two lengths. */
    boolean isAmbiguous() {
        return contradicted || coded && length >= 0;
    }

    boolean isContradicted() {
        return contradicted;
    }

    /** A Transfer-Encoding is there. */
    boolean isCoded() {
        return coded;
    }

    boolean isChunked() {
        return chunked;
    }

    /** The announced length, or -1 where none or none that can be believed is announced. */
    long length() {
        return contradicted ? -1 : length;
    }

    /** All faults of the headers of length, for a message that is a request, or is of HTTP/1.0. */
    long faults(boolean request, boolean old) {
        fault(Fault.LENGTH_AND_CODING, coded && lengthLines > 0);
        fault(Fault.CODING_NOT_CHUNKED_LAST, request && coded && !chunked);
        fault(Fault.CODING_IN_1_0, coded && old);
        return faults;
    }

    /**
     * What readers take the body of a request for, where they do not agree; null where they do. One by the letter of RFC 9112 section 6.3,
     * which refuses what is contradictory; those that know lengths alone, and take the first or the last, as C reads numbers; and those
     * that know chunks: by that word anywhere, or by the last coding, to the letter.
     */
    List<Map<String, Object>> readings() {
        if (faults == 0 && !coded) {
            return null;
        }
        long strict = strictly();
        long anyCoding = coded && chunkedSomewhere ? IN_CHUNKS : firstLenient;
        long lastCoding = coded && chunked ? IN_CHUNKS : firstLenient;
        boolean agreed = strict == anyCoding && strict == lastCoding;
        boolean counting = lengthLines > 0;
        agreed &= !counting || strict == firstLenient && strict == lastLenient;
        if (agreed && !hidden) {
            return null;
        }
        List<Map<String, Object>> rows = new ArrayList<>(6);
        rows.add(row("rfc9112", strict));
        if (counting) {
            rows.add(row("first-length", firstLenient));
            rows.add(row("last-length", lastLenient));
        }
        rows.add(row("any-coding", anyCoding));
        rows.add(row("last-coding", lastCoding));
        if (hidden) {
            rows.add(row("hidden-unseen", NONE));
        }
        return rows;
    }

    private long strictly() {
        boolean refused =
                contradicted || hidden || coded && (lengthLines > 0 || !chunked || chunkedTimes > 1 || unknownCoding);
        return refused ? REFUSED : coded ? IN_CHUNKS : length;
    }

    private static Map<String, Object> row(String reader, long body) {
        Map<String, Object> row = new LinkedHashMap<>(4);
        row.put("reader", reader);
        row.put(
                "body",
                body == NONE ? "none" : body == IN_CHUNKS ? "chunked" : body == REFUSED ? "refused" : "counted");
        if (body >= 0) {
            row.put("bytes", body);
        }
        return row;
    }
}
