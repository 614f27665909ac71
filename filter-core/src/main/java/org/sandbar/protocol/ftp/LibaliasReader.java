package org.sandbar.protocol.ftp;

import org.sandbar.bytes.Ascii;
import org.sandbar.flow.Direction;
import org.sandbar.wire.Address;

/**
 * The text that FreeBSD's NAT reads: {@code libalias/alias_ftp.c}. Octets wrap at 8 bits and ports at 16; IPv4 alone; a line of more
 * than 128 bytes is not read, and one shorter than the shortest announcement neither. One line, one thread.
 */
final class LibaliasReader {
    private static final int LONGEST = 128;
    private static final int SHORTEST_COMMAND = 18;
    private static final int SHORTEST_227 = 17;
    private static final int SHORTEST_229 = 11;

    private final byte[] line;
    private final Address announcer;
    private int at;
    private boolean sound = true;

    LibaliasReader(byte[] line, Address announcer) {
        this.line = line;
        this.announcer = announcer;
    }

    /** The endpoint, or null where there is none. */
    Endpoint read(Direction direction) {
        boolean command = direction == Direction.TO_SERVER;
        if (line.length > LONGEST || command && (line.length < SHORTEST_COMMAND || line[4] != ' ')) {
            return null;
        }
        Endpoint read = null;
        if (command && FilterReading.isPort(line)) {
            read = numbers(behindSpace(5), -1);
        } else if (command && FilterReading.isExtendedPort(line)) {
            read = extendedPort(behindSpace(5));
        } else if (!command && line.length >= SHORTEST_227 && FilterReading.isReply(line, 227)) {
            read = numbers(behindParenthesis(), ')');
        } else if (!command && line.length >= SHORTEST_229 && FilterReading.isReply(line, 229)) {
            read = extendedPassive(behindParenthesis());
        }
        return sound ? read : null;
    }

    private int behindSpace(int from) {
        int behind = from;
        while (behind < line.length && (Ascii.isBlank(line[behind]) || line[behind] >= 10 && line[behind] <= 13)) {
            behind++;
        }
        return behind;
    }

    private int behindParenthesis() {
        int open = Ascii.indexOf(line, 4, line.length, '(');
        return open < 0 ? line.length : open + 1;
    }

    /** Six octets; the last one ends at this letter or, for PORT, at any. */
    private Endpoint numbers(int from, int end) {
        at = from;
        int address = 0;
        for (int i = 0; i < 4; i++) {
            address = address << 8 | octet();
            expect(',');
        }
        int high = octet();
        expect(',');
        int low = octet();
        if (end < 0) {
            sound &= at < line.length;
        } else if (at < line.length && line[at] != ',') {
            // A comma ends it as well.
            expect(end);
        } else {
            sound &= at < line.length;
        }
        return new Endpoint(Address.v4(address), high << 8 | low, null);
    }

    private Endpoint extendedPort(int from) {
        at = from;
        int delimiter = at < line.length ? line[at++] : 0;
        expect('1');
        expect(delimiter);
        int address = 0;
        for (int i = 0; i < 3; i++) {
            address = address << 8 | octet();
            expect('.');
        }
        address = address << 8 | octet();
        // Any letter ends the address.
        at++;
        int port = number(0xffff);
        expect(delimiter);
        return new Endpoint(Address.v4(address), port, null);
    }

    private Endpoint extendedPassive(int from) {
        at = from;
        int delimiter = at < line.length ? line[at++] : 0;
        expect(delimiter);
        expect(delimiter);
        int port = number(0xffff);
        expect(delimiter);
        expect(')');
        return new Endpoint(announcer, port, null);
    }

    private int octet() {
        return number(0xff);
    }

    /** At least one digit; what does not fit wraps. */
    private int number(int mask) {
        sound &= at < line.length && Ascii.isDigit(line[at]);
        int number = 0;
        while (at < line.length && Ascii.isDigit(line[at])) {
            number = number * 10 + line[at++] - '0' & mask;
        }
        return number;
    }

    private void expect(int letter) {
        sound &= at < line.length && line[at] == letter;
        at++;
    }
}
