package org.sandbar.protocol.ftp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.sandbar.wire.Address;

/**
 * The IPv6 address that the kernel's {@code in6_pton} reads: groups may have any number of zeros before them, an IPv4 address at the end
 * is ended by a colon too, and a NUL ends everything as the delimiter does. One address, one thread.
 */
final class LinuxAddress {
    private static final int BYTES = 16;

    private final byte[] line;
    private final int delimiter;
    private final byte[] bytes = new byte[BYTES];
    private int length;
    /** Where the two colons stand among the bytes, or -1. */
    private int gap = -1;

    private int at;

    /** Reads from there. */
    LinuxAddress(byte[] line, int from, int delimiter) {
        this.line = line;
        this.delimiter = delimiter;
        at = from;
    }

    /** The address, or null where there is none. */
    Address read() {
        if (is(':')) {
            at++;
            if (!is(':')) {
                return null;
            }
            open();
        }
        return readGroups() ? address() : null;
    }

    /** Where it ended. */
    int end() {
        return at;
    }

    private boolean readGroups() {
        while (true) {
            int first = at;
            int group = 0;
            while (digit(16) >= 0 && group < 0x1000) {
                group = group << 4 | digit(16);
                at++;
            }
            if (at == first) {
                return gap == length && isEnd();
            }
            if (length == BYTES) {
                return false;
            }
            if (is('.')) {
                return (length + 4 == BYTES || gap >= 0 && length + 4 < BYTES) && readV4(first);
            }
            boolean last = length + 2 == BYTES;
            put(group);
            if (isEnd()) {
                return last || gap >= 0;
            }
            if (last || !is(':')) {
                return false;
            }
            at++;
            if (gap < 0 && is(':')) {
                open();
            }
        }
    }

    /** {@code in4_pton}. */
    private boolean readV4(int from) {
        at = from;
        for (int i = 0; i < 4; i++) {
            int first = at;
            int octet = 0;
            while (digit(10) >= 0 && octet <= 255) {
                octet = octet * 10 + digit(10);
                at++;
            }
            if (at == first || octet > 255 || !(i < 3 ? is('.') : isEnd() || is(':'))) {
                return false;
            }
            bytes[length++] = (byte) octet;
            at += i < 3 ? 1 : 0;
        }
        return true;
    }

    /** At the second of two colons, which are one group of zeros at least. */
    private void open() {
        at++;
        put(0);
        gap = length;
    }

    private void put(int group) {
        bytes[length++] = (byte) (group >> 8);
        bytes[length++] = (byte) group;
    }

    private Address address() {
        if (gap >= 0) {
            int tail = length - gap;
            System.arraycopy(bytes, gap, bytes, BYTES - tail, tail);
            Arrays.fill(bytes, gap, BYTES - tail, (byte) 0);
        }
        ByteBuffer words = ByteBuffer.wrap(bytes);
        return Address.v6(words.getLong(), words.getLong());
    }

    private boolean isEnd() {
        return at >= line.length || line[at] == 0 || line[at] == delimiter;
    }

    private boolean is(int letter) {
        return !isEnd() && line[at] == letter;
    }

    /** The value of a digit, or -1. */
    private int digit(int radix) {
        return isEnd() || line[at] < 0 ? -1 : Character.digit(line[at], radix);
    }
}
