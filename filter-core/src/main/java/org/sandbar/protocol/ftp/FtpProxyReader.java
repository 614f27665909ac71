package org.sandbar.protocol.ftp;

import org.sandbar.bytes.Ascii;
import org.sandbar.flow.Direction;
import org.sandbar.wire.Address;

/**
 * The text that OpenBSD's proxy reads: {@code ftp-proxy.c}, {@code parse_port}. It looks behind the last blank or parenthesis of the
 * line, takes numbers below 256 alone, passes over whatever follows them, and puts the peer's own address in place of the one that is
 * named. A line with a NUL, or of more than 500 bytes, ends the session. One line, one thread.
 */
final class FtpProxyReader {
    private static final int LONGEST = 500;
    private static final long UNSIGNED = 0xffff_ffffL;
    private static final int MOST_OCTET = 255;
    private static final int MOST_PORT = 65_535;

    private final byte[] line;
    private final Address announcer;
    private int at;

    FtpProxyReader(byte[] line, Address announcer) {
        this.line = line;
        this.announcer = announcer;
    }

    /** The endpoint, or null where there is none. */
    Endpoint read(Direction direction) {
        if (line.length > LONGEST || Ascii.indexOf(line, 0, line.length, 0) >= 0) {
            return null;
        }
        int last = line.length - 1;
        while (last > 0 && line[last] != ' ' && line[last] != '(') {
            last--;
        }
        if (last <= 0) {
            return null;
        }
        int port = port(direction == Direction.TO_SERVER, last);
        return port < 0 ? null : new Endpoint(announcer, port, null);
    }

    private int port(boolean command, int last) {
        boolean v4 = announcer.version() == 4;
        boolean spaced = line.length > 4 && line[4] == ' ';
        if (command && spaced && v4 && FilterReading.isPort(line)) {
            return line[last] == ' ' ? numbers(last + 1) : -1;
        }
        if (command && spaced && FilterReading.isExtendedPort(line)) {
            return line[last] == ' ' ? extendedPort(last + 1) : -1;
        }
        if (!command && line[last] == '(' && v4 && FilterReading.isReply(line, 227)) {
            return numbers(last + 1);
        }
        if (!command && line[last] == '(' && FilterReading.isReply(line, 229)) {
            at = last + 1;
            return isNext("|||") ? (int) number(MOST_PORT) : -1;
        }
        return -1;
    }

    private int numbers(int from) {
        at = from;
        long[] numbers = new long[6];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i > 0 && !isNext(",") ? -1 : number(MOST_OCTET);
            if (numbers[i] < 0) {
                return -1;
            }
        }
        return (int) (numbers[4] << 8 | numbers[5]);
    }

    private int extendedPort(int from) {
        at = from;
        skipSpace();
        int first = at;
        if (isNext("|1|")) {
            for (int i = 0; i < 4; i++) {
                if (i > 0 && !isNext(".") || number(MOST_OCTET) < 0) {
                    return -1;
                }
            }
            return isNext("|") ? (int) number(MOST_PORT) : -1;
        }
        at = first;
        if (!isNext("|2|")) {
            return -1;
        }
        int address = at;
        while (at < line.length && (Character.digit(line[at], 16) >= 0 || line[at] == ':')) {
            at++;
        }
        return at > address && isNext("|") ? (int) number(MOST_PORT) : -1;
    }

    /** What a blank in the format, and a number, pass over. */
    private void skipSpace() {
        while (at < line.length && (Ascii.isBlank(line[at]) || line[at] >= 10 && line[at] <= 13)) {
            at++;
        }
    }

    private boolean isNext(String letters) {
        for (int i = 0; i < letters.length(); i++) {
            if (at == line.length || line[at] != letters.charAt(i)) {
                return false;
            }
            at++;
        }
        return true;
    }

    /** What {@code %u} reads: white space, a sign, digits, of which 32 bits remain; -1 where there are none, or it is above the most. */
    private long number(int most) {
        skipSpace();
        boolean negative = at < line.length && line[at] == '-';
        if (negative || at < line.length && line[at] == '+') {
            at++;
        }
        int first = at;
        long number = 0;
        boolean fits = true;
        while (at < line.length && Ascii.isDigit(line[at])) {
            int digit = line[at++] - '0';
            fits &= Long.compareUnsigned(number, Long.divideUnsigned(-1L - digit, 10)) <= 0;
            number = number * 10 + digit;
        }
        // What 64 bits do not hold becomes the largest number that they do.
        long kept = (fits ? negative ? -number : number : -1L) & UNSIGNED;
        return at == first || kept > most ? -1 : kept;
    }
}
