package org.sandbar.alg.linux;

import org.sandbar.bytes.Ascii;
import org.sandbar.wire.Address;

/**
 * An address in text as the kernel reads it ({@code in4_pton}, {@code in6_pton}): leading zeros are no octal, and what follows may be
 * anything but a digit of either base. Holds the last one read; no allocation until {@link #address}. One thread.
 */
final class InetLiteral {
    private static final int GROUPS = 8;

    private final int[] groups = new int[GROUPS];
    private int version;
    private int at;
    private long high;
    private long low;

    /** Where the text behind the literal begins, or -1 where there is none. The version is that of the connection. */
    int read(byte[] buffer, int from, int limit, int version) {
        this.version = version;
        at = from;
        boolean read = version == 4 ? readDotted(buffer, limit) : readGroups(buffer, limit);
        return read ? at : -1;
    }

    boolean is(long high, long low) {
        return this.high == high && this.low == low;
    }

    boolean is(Address other) {
        return is(other.high(), other.low());
    }

    Address address() {
        return new Address(version, high, low);
    }

    private boolean readDotted(byte[] buffer, int limit) {
        long address = 0;
        for (int octets = 0; octets < 4; octets++) {
            if (octets > 0 && (at >= limit || buffer[at++] != '.')) {
                return false;
            }
            int start = at;
            int octet = 0;
            while (at < limit && Ascii.isDigit(buffer[at])) {
                octet = octet * 10 + buffer[at++] - '0';
                if (octet > 255) {
                    return false;
                }
            }
            if (at == start) {
                return false;
            }
            address = address << 8 | octet;
        }
        high = 0;
        low = address;
        return at == limit || buffer[at] != '.' && hex(buffer[at]) < 0;
    }

    private boolean readGroups(byte[] buffer, int limit) {
        int count = 0;
        int gapAt = -1;
        if (at + 1 < limit && buffer[at] == ':' && buffer[at + 1] == ':') {
            gapAt = 0;
            at += 2;
        }
        while (at < limit && hex(buffer[at]) >= 0) {
            int start = at;
            int group = 0;
            while (at < limit && hex(buffer[at]) >= 0) {
                if (group > 0xfff) {
                    return false;
                }
                group = group << 4 | hex(buffer[at++]);
            }
            if (at < limit && buffer[at] == '.') {
                at = start;
                if (count > GROUPS - 2 || gapAt < 0 && count < GROUPS - 2 || !readDotted(buffer, limit)) {
                    return false;
                }
                groups[count++] = (int) (low >>> 16);
                groups[count++] = (int) low & 0xffff;
                return spread(count, gapAt);
            }
            if (count == GROUPS) {
                return false;
            }
            groups[count++] = group;
            if (at >= limit || buffer[at] != ':') {
                return spread(count, gapAt);
            }
            at++;
            if (at < limit && buffer[at] == ':') {
                if (gapAt >= 0) {
                    return false;
                }
                gapAt = count;
                at++;
            } else if (at >= limit || hex(buffer[at]) < 0) {
                return false;
            }
        }
        return gapAt >= 0 && (at >= limit || buffer[at] != ':' && buffer[at] != '.') && spread(count, gapAt);
    }

    /** The groups with the gap filled, which stands for one of them at least. */
    private boolean spread(int count, int gapAt) {
        if (gapAt < 0 ? count != GROUPS : count >= GROUPS) {
            return false;
        }
        high = 0;
        low = 0;
        for (int i = 0; i < GROUPS; i++) {
            int behindGap = i - (GROUPS - count);
            int group = gapAt < 0 || i < gapAt ? groups[i] : behindGap >= gapAt ? groups[behindGap] : 0;
            high = i < 4 ? high << 16 | group : high;
            low = i < 4 ? low : low << 16 | group;
        }
        return true;
    }

    private static int hex(int letter) {
        return letter < 0 ? -1 : Character.digit(letter, 16);
    }
}
