package org.sandbar.protocol.http;

import org.sandbar.bytes.Ascii;

/**
 * What the headers of one message say of its body's length (RFC 9112 section 6). Contradictions are kept as such; what they mean
 * depends on the message and is decided by its reader. One analyzer's thread.
 */
final class Framing {
    /** So many digits fit a long with room to add an offset. */
    private static final int MOST_DIGITS = 18;

    private static final byte[] CHUNKED = Ascii.bytes("chunked");
    private static final byte[] IDENTITY = Ascii.bytes("identity");

    private long length;
    private boolean contradicted;
    private boolean coded;
    private boolean chunked;

    void clear() {
        length = -1;
        contradicted = false;
        coded = false;
        chunked = false;
    }

    /** A Content-Length: one number, or several equal ones (section 6.3). */
    void addLength(byte[] line, int from, int to) {
        int at = from;
        while (true) {
            int comma = Ascii.indexOf(line, at, to, ',');
            int end = comma < 0 ? to : comma;
            long number = number(line, Ascii.skipBlanks(line, at, end), Ascii.trimEnd(line, at, end));
            contradicted |= number < 0 || length >= 0 && number != length;
            length = Math.max(length, number);
            if (comma < 0) {
                return;
            }
            at = comma + 1;
        }
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

    /** A Transfer-Encoding: what counts is whether the last coding of the last one is chunked (section 6.1). */
    void addCodings(byte[] line, int from, int to) {
        int last = from;
        for (int at = from; at < to; at++) {
            if (line[at] == ',') {
                last = at + 1;
            }
        }
        int begin = Ascii.skipBlanks(line, last, to);
        if (!Ascii.equalsIgnoreCase(line, begin, to, IDENTITY)) {
            coded = true;
            chunked = Ascii.equalsIgnoreCase(line, begin, to, CHUNKED);
        }
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
}
