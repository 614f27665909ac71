package org.sandbar.protocol.ftp;

import org.sandbar.bytes.Ascii;
import org.sandbar.flow.Direction;
import org.sandbar.wire.Address;

/**
 * The text that Linux reads: {@code nf_conntrack_ftp.c}, of which the functions are named here. Numbers wrap at 32 bits and are or-ed
 * together, so that octets run into each other; ports wrap at 16. One line, one thread.
 */
final class LinuxReader {
    private final byte[] line;
    private final Address announcer;

    LinuxReader(byte[] line, Address announcer) {
        this.line = line;
        this.announcer = announcer;
    }

    /** {@code find_pattern} with its table: the endpoint, or null where there is none. */
    Endpoint read(Direction direction) {
        if (direction == Direction.TO_SERVER) {
            int data = behind(' ', 4);
            return data < 0
                    ? null
                    : FilterReading.isPort(line)
                            ? numbers(data, '\r')
                            : FilterReading.isExtendedPort(line) ? extendedPort(data) : null;
        }
        if (FilterReading.isReply(line, 227)) {
            int digit = 4;
            while (digit < line.length && !Ascii.isDigit(line[digit])) {
                digit++;
            }
            return numbers(digit, -1);
        }
        return FilterReading.isReply(line, 229) ? extendedPassive(behind('(', 4)) : null;
    }

    private int behind(int letter, int from) {
        int at = Ascii.indexOf(line, Math.min(from, line.length), line.length, letter);
        return at < 0 || at == line.length - 1 ? -1 : at + 1;
    }

    /** {@code try_rfc959}: six numbers, then this letter, or, where it is negative, any that is none of theirs. */
    private Endpoint numbers(int from, int end) {
        int[] numbers = new int[6];
        int stop = tryNumber(from, numbers, ',', end);
        return stop < 0 ? null : new Endpoint(v4(numbers), (numbers[4] << 8 | numbers[5]) & 0xffff, null);
    }

    private static Address v4(int[] octets) {
        return Address.v4(octets[0] << 24 | octets[1] << 16 | octets[2] << 8 | octets[3]);
    }

    /** {@code try_number}: where the numbers end, or -1. */
    private int tryNumber(int from, int[] numbers, int separator, int end) {
        int i = 0;
        for (int at = from; at < line.length && i < numbers.length; at++) {
            if (Ascii.isDigit(line[at])) {
                numbers[i] = numbers[i] * 10 + line[at] - '0';
            } else if (line[at] == separator) {
                i++;
            } else {
                boolean ends = (line[at] == end || end < 0) && i == numbers.length - 1;
                return ends && at > from ? at : -1;
            }
        }
        return -1;
    }

    /** {@code try_eprt}: the family must be the flow's own; what follows the port's delimiter is not looked at. */
    private Endpoint extendedPort(int from) {
        boolean v4 = announcer.version() == 4;
        if (line.length - from <= 3 || !isDelimiter(line[from]) || line[from + 2] != line[from]) {
            return null;
        }
        if (line[from + 1] != (v4 ? '1' : '2')) {
            return null;
        }
        int delimiter = line[from];
        Address address;
        int stop;
        if (v4) {
            int[] octets = new int[4];
            stop = tryNumber(from + 3, octets, '.', delimiter);
            address = stop < 0 ? null : v4(octets);
        } else {
            LinuxAddress reading = new LinuxAddress(line, from + 3, delimiter);
            address = reading.read();
            stop = reading.end();
        }
        int port = address == null ? -1 : port(stop + 1, delimiter);
        return port <= 0 ? null : new Endpoint(address, port, null);
    }

    /** {@code try_epsv_response}. */
    private Endpoint extendedPassive(int from) {
        if (from < 0 || line.length - from <= 3 || !isDelimiter(line[from])) {
            return null;
        }
        if (line[from + 1] != line[from] || line[from + 2] != line[from]) {
            return null;
        }
        int port = port(from + 3, line[from]);
        return port <= 0 ? null : new Endpoint(announcer, port, null);
    }

    private static boolean isDelimiter(int letter) {
        return letter >= 33 && letter <= 126 && !Ascii.isDigit(letter);
    }

    /** {@code get_port}: 0 is refused. */
    private int port(int from, int delimiter) {
        int port = 0;
        for (int at = from; at < line.length; at++) {
            if (line[at] == delimiter) {
                return port;
            }
            if (!Ascii.isDigit(line[at])) {
                return -1;
            }
            port = port * 10 + line[at] - '0' & 0xffff;
        }
        return -1;
    }
}
