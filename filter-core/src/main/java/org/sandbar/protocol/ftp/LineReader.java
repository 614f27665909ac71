package org.sandbar.protocol.ftp;

import java.util.Arrays;
import org.sandbar.bytes.Ascii;

/**
 * Cuts one direction of a control channel into lines and takes the Telnet commands (RFC 854) out of them. A line within one segment
 * is seen where it lies; the pieces of others are copied, for the last line of a flow may have no end and must not be lost. The
 * bytes of a line are valid until the next call. One flow, one thread.
 */
final class LineReader {
    private static final byte[] NOTHING = {};
    private static final int WORTH_KEEPING = 512;
    private static final int INTERPRET_AS_COMMAND = 0xff;
    private static final int SUBNEGOTIATION_END = 0xf0;
    private static final int SUBNEGOTIATION = 0xfa;
    private static final int WILL = 0xfb;
    private static final int DONT = 0xfe;

    private final int maxBytes;
    private byte[] kept = NOTHING;
    private int keptLength;
    private boolean skipping;

    private byte[] line = NOTHING;
    private int from;
    private int to;
    private boolean complete;
    private boolean truncated;
    private boolean telnet;
    private String ending;

    LineReader(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Takes bytes up to the end of one line, or all of them; says where it stopped. {@link #isComplete} says which. */
    int read(byte[] buffer, int at, int end) {
        complete = false;
        int lineFeed = Ascii.indexOfLineFeed(buffer, at, end);
        int stop = lineFeed < 0 ? end : lineFeed;
        int next = lineFeed < 0 ? end : lineFeed + 1;
        if (skipping) {
            skipping = lineFeed < 0;
            return next;
        }
        if (keptLength == 0 && lineFeed >= 0) {
            take(buffer, at, stop, true);
            return next;
        }
        keep(buffer, at, stop);
        if (lineFeed >= 0 || keptLength > maxBytes) {
            skipping = lineFeed < 0;
            take(kept, 0, keptLength, lineFeed >= 0);
            keptLength = 0;
        }
        return next;
    }

    /** Keeps one byte more than the bound allows, to know that the line is longer. */
    private void keep(byte[] buffer, int at, int stop) {
        int length = Math.min(stop - at, maxBytes + 1 - keptLength);
        if (keptLength == 0 && kept.length > WORTH_KEEPING) {
            kept = NOTHING;
        }
        makeRoom(keptLength + length);
        System.arraycopy(buffer, at, kept, keptLength, length);
        keptLength += length;
    }

    private void makeRoom(int length) {
        if (kept.length < length) {
            kept = Arrays.copyOf(kept, Math.max(length, Math.min(maxBytes + 1, Math.max(128, kept.length * 2))));
        }
    }

    /** Bytes are missing: what has begun is dropped, and so is what follows up to the next end of a line. */
    void resynchronise() {
        keptLength = 0;
        skipping = true;
        complete = false;
    }

    /** No more bytes: what has begun is the last line, if it is one. */
    void finish() {
        complete = false;
        if (keptLength > 0) {
            take(kept, 0, keptLength, false);
            keptLength = 0;
        }
    }

    private void take(byte[] buffer, int start, int stop, boolean terminated) {
        complete = true;
        truncated = stop - start > maxBytes;
        int end = truncated ? start + maxBytes : stop;
        int text = end;
        while (!truncated && text > start && buffer[text - 1] == '\r') {
            text--;
        }
        ending = truncated ? "truncated" : !terminated ? "unterminated" : text == end ? "bare-line-feed" : null;
        line = buffer;
        from = start;
        to = text;
        telnet = Ascii.indexOf(buffer, start, text, (byte) INTERPRET_AS_COMMAND) >= 0;
        if (telnet) {
            removeTelnet();
        }
    }

    private void removeTelnet() {
        if (line != kept) {
            makeRoom(to - from);
            System.arraycopy(line, from, kept, 0, to - from);
            to -= from;
            from = 0;
            line = kept;
        }
        int put = from;
        for (int at = from; at < to; ) {
            int length = telnetLength(at);
            if (length == 0) {
                line[put++] = line[at++];
            } else {
                at += length;
            }
        }
        to = put;
    }

    /** How many bytes of a Telnet command stand here; none for plain bytes, and for the second of a doubled 0xff. */
    private int telnetLength(int at) {
        if ((line[at] & 0xff) != INTERPRET_AS_COMMAND || at + 1 >= to) {
            return 0;
        }
        int command = line[at + 1] & 0xff;
        if (command == SUBNEGOTIATION) {
            for (int end = at + 2; end + 1 < to; end++) {
                if ((line[end] & 0xff) == INTERPRET_AS_COMMAND && (line[end + 1] & 0xff) == SUBNEGOTIATION_END) {
                    return end + 2 - at;
                }
            }
            return 2;
        }
        if (command >= WILL && command <= DONT) {
            return Math.min(3, to - at);
        }
        return command == INTERPRET_AS_COMMAND ? 1 : command >= SUBNEGOTIATION_END ? 2 : 0;
    }

    /** Whether a line begins with the next byte. */
    boolean isAtStart() {
        return keptLength == 0 && !skipping;
    }

    boolean isComplete() {
        return complete;
    }

    byte[] bytes() {
        return line;
    }

    int from() {
        return from;
    }

    /** The end of the line without CR and LF. */
    int to() {
        return to;
    }

    /** Whether the line is longer than what is looked at. */
    boolean isTruncated() {
        return truncated;
    }

    /** Whether Telnet commands were taken out. */
    boolean hadTelnet() {
        return telnet;
    }

    /** What is wrong with the line's end, or null for CR LF. */
    String ending() {
        return ending;
    }

    /** A byte that neither begins a line of a control channel nor stands in its text: the stream is something else. */
    static boolean isNoise(int letter) {
        return letter > 0 && letter < ' ' && !(letter >= 7 && letter <= '\r') && letter != 0x1b;
    }

    /** Whether the line has such a byte. */
    boolean hasNoise() {
        for (int at = from; at < to; at++) {
            if (isNoise(line[at])) {
                return true;
            }
        }
        return false;
    }
}
