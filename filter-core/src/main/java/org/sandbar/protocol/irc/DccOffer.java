package org.sandbar.protocol.irc;

import org.sandbar.bytes.Ascii;
import org.sandbar.bytes.Text;
import org.sandbar.wire.Address;

/**
 * An offer of a direct connection, as the clients' CTCP has it: {@code \u0001DCC SEND file address port size\u0001}. A name with blanks
 * stands in quotes; an IPv4 address is one decimal number, IPv6 a literal. Where the address or the port cannot be read there is none of
 * either. Immutable.
 *
 * @param port -1 where there is no endpoint
 * @param size -1 where none is said
 */
record DccOffer(String verb, String file, Address address, int port, long size) {
    private static final byte[] MARK = Ascii.bytes("\u0001dcc ");
    private static final int END = 1;
    private static final long HIGHEST_V4 = 0xffff_ffffL;
    private static final int HIGHEST_PORT = 0xffff;
    private static final int MOST_DIGITS = 18;

    /** Where an offer begins in these bytes, or -1. */
    static int find(byte[] buffer, int from, int to) {
        int at = Ascii.indexOf(buffer, from, to, END);
        while (at >= 0 && !Ascii.startsWithIgnoreCase(buffer, at, to, MARK)) {
            at = Ascii.indexOf(buffer, at + 1, to, END);
        }
        return at;
    }

    /** The offer that begins here. */
    static DccOffer read(byte[] buffer, int from, int to, int mostText) {
        int start = from + MARK.length;
        int mark = Ascii.indexOf(buffer, start, to, END);
        int end = mark < 0 ? to : mark;
        int verbEnd = wordEnd(buffer, start, end);
        String verb = Ascii.upper(buffer, start, Math.min(verbEnd, start + mostText));
        int name = skip(buffer, verbEnd, end);
        boolean quoted = name < end && buffer[name] == '"';
        int quote = quoted ? Ascii.indexOf(buffer, name + 1, end, '"') : -1;
        int nameFrom = quote > 0 ? name + 1 : name;
        int nameTo = quote > 0 ? quote : wordEnd(buffer, name, end);
        String file = nameFrom < nameTo ? Text.of(buffer, nameFrom, nameTo, mostText) : null;
        int address = skip(buffer, quote > 0 ? quote + 1 : nameTo, end);
        int addressEnd = wordEnd(buffer, address, end);
        int port = skip(buffer, addressEnd, end);
        int portEnd = wordEnd(buffer, port, end);
        int size = skip(buffer, portEnd, end);
        Address named = address(buffer, address, addressEnd);
        long number = number(buffer, port, portEnd);
        boolean readable = named != null && number >= 0 && number <= HIGHEST_PORT;
        return new DccOffer(
                verb,
                file,
                readable ? named : null,
                readable ? (int) number : -1,
                readable ? number(buffer, size, wordEnd(buffer, size, end)) : -1);
    }

    private static Address address(byte[] buffer, int from, int to) {
        long number = number(buffer, from, to);
        if (number >= 0) {
            return number <= HIGHEST_V4 ? Address.v4(number) : null;
        }
        return to - from > 45 || to == from ? null : Address.parse(Text.of(buffer, from, to));
    }

    /** A decimal number, or -1 where these bytes are none. */
    private static long number(byte[] buffer, int from, int to) {
        if (from == to || to - from > MOST_DIGITS) {
            return -1;
        }
        long number = 0;
        for (int at = from; at < to; at++) {
            if (!Ascii.isDigit(buffer[at])) {
                return -1;
            }
            number = number * 10 + buffer[at] - '0';
        }
        return number;
    }

    private static int skip(byte[] buffer, int from, int end) {
        return Ascii.skipBlanks(buffer, Math.min(from, end), end);
    }

    private static int wordEnd(byte[] buffer, int from, int end) {
        int blank = Ascii.indexOf(buffer, from, end, ' ');
        return blank < 0 ? end : blank;
    }

    boolean hasEndpoint() {
        return address != null;
    }
}
