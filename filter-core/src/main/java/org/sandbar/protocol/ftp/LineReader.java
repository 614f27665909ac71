package org.sandbar.protocol.ftp;

import java.util.Arrays;
import org.sandbar.bytes.Ascii;

/**
 * Cuts one direction of a control channel into lines and takes out of them what a server takes out: Telnet commands (RFC 854), and a
 * byte that was sent as urgent. A line within one segment is seen where it lies; the pieces of others are copied, for the last line
 * of a flow may have no end and must not be lost. What is longer than the bound is counted and not kept. The bytes of a line are valid
 * until the next call. One flow, one thread.
 */
final class LineReader {
    private static final byte[] NOTHING = {};
    private static final int WORTH_KEEPING = 512;
    private static final int INTERPRET_AS_COMMAND = 0xff;
    private static final int DATA_MARK = 0xf2;
    private static final int SUBNEGOTIATION_END = 0xf0;
    private static final int SUBNEGOTIATION = 0xfa;
    private static final int WILL = 0xfb;
    private static final int DONT = 0xfe;

    private final int maxBytes;
    private byte[] kept = NOTHING;
    private int keptLength;
    /** Bytes of the line at hand that were not kept. */
    private long excess;
    /** The line began before what was lost. */
    private boolean skipping;
    /** Where in the stream the line at hand began. */
    private long start;
    /** Where in the stream a byte was sent as urgent, or -1. */
    private long urgentAt = -1;

    private byte[] raw = NOTHING;
    private int rawFrom;
    private int rawTo;
    private boolean carriageReturn;
    private boolean lineFeed;

    private byte[] line = NOTHING;
    private int from;
    private int to;
    private byte[] cleaned = NOTHING;
    private boolean complete;
    private long lineStart;
    private long lineExcess;
    private boolean telnet;
    /** Place of the urgent byte, or -1. */
    private int urgent;
    /** Between the bytes left, the first and the last place where Telnet commands stood. */
    private int firstTelnet;

    private int lastTelnet;

    LineReader(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Takes bytes up to the end of one line, or all of them; says where it stopped. {@link #isComplete} says which. The byte at {@code
     * at} stands at {@code position} in the stream.
     */
    int read(byte[] buffer, int at, int end, long position) {
        complete = false;
        int feed = Ascii.indexOfLineFeed(buffer, at, end);
        int stop = feed < 0 ? end : feed;
        int next = feed < 0 ? end : feed + 1;
        if (skipping) {
            skipping = feed < 0;
            return next;
        }
        if (isAtStart()) {
            start = position;
        }
        if (isAtStart() && feed >= 0) {
            excess = Math.max(0, stop - at - maxBytes);
            take(buffer, at, stop - (int) excess, true);
            return next;
        }
        keep(buffer, at, stop);
        if (feed >= 0) {
            take(kept, 0, keptLength, true);
        }
        return next;
    }

    private void keep(byte[] buffer, int at, int stop) {
        int length = Math.min(stop - at, maxBytes - keptLength);
        if (keptLength == 0 && kept.length > WORTH_KEEPING) {
            kept = NOTHING;
        }
        if (kept.length < keptLength + length) {
            int roomy = Math.min(maxBytes, Math.max(128, kept.length * 2));
            kept = Arrays.copyOf(kept, Math.max(keptLength + length, roomy));
        }
        System.arraycopy(buffer, at, kept, keptLength, length);
        keptLength += length;
        excess += stop - at - length;
    }

    /** Bytes are missing: what has begun is dropped, and so is what follows up to the next end of a line. */
    void resynchronise() {
        keptLength = 0;
        excess = 0;
        skipping = true;
        complete = false;
    }

    /** No more bytes: what has begun is the last line, if it is one. */
    void finish() {
        complete = false;
        if (keptLength > 0) {
            take(kept, 0, keptLength, false);
        }
    }

    /** The byte at this place of the stream was sent as urgent. */
    void urgent(long position) {
        urgentAt = position;
    }

    private void take(byte[] buffer, int first, int stop, boolean terminated) {
        complete = true;
        lineStart = start;
        lineExcess = excess;
        keptLength = 0;
        excess = 0;
        int text = stop;
        while (lineExcess == 0 && text > first && buffer[text - 1] == '\r') {
            text--;
        }
        raw = buffer;
        rawFrom = first;
        rawTo = text;
        carriageReturn = text < stop;
        lineFeed = terminated;
        line = buffer;
        from = first;
        to = text;
        telnet = Ascii.indexOf(buffer, first, text, (byte) INTERPRET_AS_COMMAND) >= 0;
        urgent = takeUrgent();
        if (telnet || hadUrgent()) {
            clean();
        }
    }

    /** The place of the urgent byte in this line, or -1: it has none, or it is the Telnet data mark, whose way to come that is. */
    private int takeUrgent() {
        long offset = urgentAt - lineStart;
        if (urgentAt < 0 || offset < 0 || offset >= rawTo - rawFrom) {
            return -1;
        }
        urgentAt = -1;
        int at = rawFrom + (int) offset;
        int letter = raw[at] & 0xff;
        return letter == DATA_MARK || letter == INTERPRET_AS_COMMAND ? -1 : at;
    }

    private void clean() {
        if (cleaned.length < rawTo - rawFrom) {
            cleaned = new byte[rawTo - rawFrom];
        }
        int put = 0;
        firstTelnet = -1;
        for (int at = rawFrom; at < rawTo; ) {
            int length = telnetLength(at);
            if (length > 0) {
                lastTelnet = put;
                firstTelnet = firstTelnet < 0 ? put : firstTelnet;
                at += length;
            } else if (at == urgent) {
                at++;
            } else {
                cleaned[put++] = raw[at++];
            }
        }
        line = cleaned;
        from = 0;
        to = put;
    }

    /** How many bytes of a Telnet command stand here; none for plain bytes, and for the second of a doubled 0xff. */
    private int telnetLength(int at) {
        if ((raw[at] & 0xff) != INTERPRET_AS_COMMAND || at + 1 >= rawTo) {
            return 0;
        }
        int command = raw[at + 1] & 0xff;
        if (command == SUBNEGOTIATION) {
            for (int end = at + 2; end + 1 < rawTo; end++) {
                if ((raw[end] & 0xff) == INTERPRET_AS_COMMAND && (raw[end + 1] & 0xff) == SUBNEGOTIATION_END) {
                    return end + 2 - at;
                }
            }
            return 2;
        }
        if (command >= WILL && command <= DONT) {
            return Math.min(3, rawTo - at);
        }
        return command == INTERPRET_AS_COMMAND ? 1 : command >= SUBNEGOTIATION_END ? 2 : 0;
    }

    /** Whether a line begins with the next byte. */
    boolean isAtStart() {
        return keptLength == 0 && excess == 0 && !skipping;
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

    /** Where in the stream the line began. */
    long start() {
        return lineStart;
    }

    /** The line as it was sent and a filter sees it, with CR and LF where it had them; a copy. */
    byte[] sent() {
        int length = rawTo - rawFrom;
        byte[] sent = Arrays.copyOfRange(raw, rawFrom, rawTo + (carriageReturn ? 1 : 0) + (lineFeed ? 1 : 0));
        if (carriageReturn) {
            sent[length++] = '\r';
        }
        if (lineFeed) {
            sent[length] = '\n';
        }
        return sent;
    }

    /** How many bytes the line had beyond what is looked at. */
    long excess() {
        return lineExcess;
    }

    /** Whether Telnet commands were taken out. */
    boolean hadTelnet() {
        return telnet;
    }

    /** Whether Telnet commands were taken out from between these two places, as against before or behind them. */
    boolean hadTelnetWithin(int start, int end) {
        return telnet && (firstTelnet > start && firstTelnet < end || lastTelnet > start && lastTelnet < end);
    }

    /** Whether a byte was taken out that had been sent as urgent. */
    boolean hadUrgent() {
        return urgent >= 0;
    }

    /** What is wrong with the line's end, or null for CR LF. */
    String ending() {
        return lineExcess > 0 ? "truncated" : !lineFeed ? "unterminated" : carriageReturn ? null : "bare-line-feed";
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
