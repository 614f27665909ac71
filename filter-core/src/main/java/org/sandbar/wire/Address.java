package org.sandbar.wire;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * An IP address as a value: two longs, the way {@link Packet} holds them (IPv4 unsigned in the low half). Text is dotted or, for
 * IPv6, in the form of RFC 5952. Reads literals strictly: four decimal octets without leading zeros, or RFC 4291 section 2.2.
 * Immutable, any thread.
 *
 * <p>Like the other records that much is looked up by, it says itself when two are equal: what a record does without, it does by method
 * handles, which take a millisecond to make for each record and are slow under the quick compiler.
 */
public record Address(int version, long high, long low) {
    private static final int GROUPS = 8;

    public static Address v4(long address) {
        return new Address(4, 0, address & 0xffff_ffffL);
    }

    public static Address v6(long high, long low) {
        return new Address(6, high, low);
    }

    /** That of Java's, without a zone. */
    public static Address of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return bytes.capacity() == 4 ? v4(bytes.getInt()) : v6(bytes.getLong(), bytes.getLong());
    }

    /** The address that a literal names, or null where it is none. IPv6 without brackets and without a zone. */
    public static Address parse(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == ':') {
                return parseV6(text);
            }
        }
        return parseV4(text, 0, text.length());
    }

    private static Address parseV4(CharSequence text, int from, int to) {
        long address = 0;
        int octets = 0;
        int at = from;
        while (octets < 4) {
            int start = at;
            int octet = 0;
            while (at < to && at - start < 3 && isDigit(text.charAt(at))) {
                octet = octet * 10 + text.charAt(at++) - '0';
            }
            boolean leadingZero = at - start > 1 && text.charAt(start) == '0';
            if (at == start || octet > 255 || leadingZero) {
                return null;
            }
            address = address << 8 | octet;
            octets++;
            if (octets < 4 && (at >= to || text.charAt(at++) != '.')) {
                return null;
            }
        }
        return at == to ? v4(address) : null;
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }

    private static Address parseV6(CharSequence text) {
        int[] groups = new int[GROUPS];
        int count = 0;
        int gapAt = -1;
        int at = 0;
        int to = text.length();
        if (to >= 2 && text.charAt(0) == ':' && text.charAt(1) == ':') {
            gapAt = 0;
            at = 2;
        }
        while (at < to) {
            if (count == GROUPS) {
                return null;
            }
            int start = at;
            int group = 0;
            while (at < to && at - start < 4 && Character.digit(text.charAt(at), 16) >= 0) {
                group = group << 4 | Character.digit(text.charAt(at++), 16);
            }
            if (at < to && text.charAt(at) == '.') {
                Address tail = count <= GROUPS - 2 ? parseV4(text, start, to) : null;
                if (tail == null) {
                    return null;
                }
                groups[count++] = (int) (tail.low >>> 16);
                groups[count++] = (int) (tail.low & 0xffff);
                break;
            }
            if (at == start) {
                return null;
            }
            groups[count++] = group;
            if (at == to) {
                break;
            }
            if (text.charAt(at++) != ':' || at == to) {
                return null;
            }
            if (text.charAt(at) == ':') {
                if (gapAt >= 0) {
                    return null;
                }
                gapAt = count;
                at++;
            }
        }
        return fromGroups(groups, count, gapAt);
    }

    private static Address fromGroups(int[] groups, int count, int gapAt) {
        if (gapAt < 0 ? count != GROUPS : count >= GROUPS) {
            return null;
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < GROUPS; i++) {
            int behindGap = i - (GROUPS - count);
            int group = gapAt < 0 || i < gapAt ? groups[i] : behindGap >= gapAt ? groups[behindGap] : 0;
            if (i < 4) {
                high = high << 16 | group;
            } else {
                low = low << 16 | group;
            }
        }
        return v6(high, low);
    }

    /** RFC 1918, 6598 and 4193: not routed on the public Internet, but neither loopback nor link-local. */
    public boolean isPrivate() {
        if (isMapped()) {
            return mapped().isPrivate();
        }
        if (version == 6) {
            return high >>> 57 == 0xfc >>> 1;
        }
        return low >>> 24 == 10 || low >>> 20 == 0xac1 || low >>> 16 == 0xc0a8 || low >>> 22 == 0x6440_0000L >>> 22;
    }

    public boolean isLoopback() {
        if (isMapped()) {
            return mapped().isLoopback();
        }
        return version == 6 ? high == 0 && low == 1 : low >>> 24 == 127;
    }

    public boolean isLinkLocal() {
        if (isMapped()) {
            return mapped().isLinkLocal();
        }
        return version == 6 ? high >>> 54 == 0xfe80 >>> 6 : low >>> 16 == 0xa9fe;
    }

    public boolean isMulticast() {
        return version == 6 ? high >>> 56 == 0xff : low >>> 28 == 14;
    }

    /** All zeros: "this host" (RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.2). */
    public boolean isUnspecified() {
        return high == 0 && low == 0;
    }

    /** The limited broadcast address of IPv4: all ones. */
    public boolean isBroadcast() {
        return version == 4 && low == 0xffff_ffffL;
    }

    /** Whether both are of the same /24, or of the same /64 for IPv6: most likely the same site's. */
    public boolean isNeighbourOf(Address other) {
        return version == other.version && (version == 4 ? low >>> 8 == other.low >>> 8 : high == other.high);
    }

    /** None of the special ranges above: an address that the public Internet routes, or one set aside for documentation. */
    public boolean isPublic() {
        return !isPrivate() && !isLoopback() && !isLinkLocal() && !isMulticast() && !isUnspecified() && !isBroadcast();
    }

    private boolean isMapped() {
        return version == 6 && high == 0 && low >>> 32 == 0xffff;
    }

    private Address mapped() {
        return v4(low);
    }

    @Override
    public String toString() {
        return version == 4 ? dotted() : groups();
    }

    private String dotted() {
        return (low >>> 24) + "." + (low >>> 16 & 255) + "." + (low >>> 8 & 255) + "." + (low & 255);
    }

    private String groups() {
        int bestAt = -1;
        int bestLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && group(end) == 0) {
                end++;
            }
            if (end - i > bestLength) {
                bestAt = i;
                bestLength = end - i;
            }
            i = Math.max(i, end - 1);
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < GROUPS; i++) {
            if (i == bestAt) {
                text.append("::");
                i += bestLength - 1;
                continue;
            }
            if (text.length() > 0 && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(group(i)));
        }
        return text.toString();
    }

    private int group(int index) {
        long half = index < 4 ? high : low;
        return (int) (half >>> 48 - 16 * (index & 3)) & 0xffff;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Address that && low == that.low && high == that.high && version == that.version;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * version + Long.hashCode(high)) + Long.hashCode(low);
    }
}
