package org.sandbar.wire;

import java.util.List;

/** The addresses that begin with the same bits. Immutable, any thread. */
public record Network(int version, long high, long low, long highMask, long lowMask) {
    /** The network of CIDR notation, or, without a slash, of one address; null where the text is neither. */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        Address address = Address.parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return null;
        }
        int width = address.version() == 4 ? 32 : 128;
        int prefix = slash < 0 ? width : prefix(text, slash + 1, width);
        if (prefix < 0) {
            return null;
        }
        int lowBits = address.version() == 4 ? 32 : 64;
        long highMask = address.version() == 4 ? 0 : ones(Math.min(prefix, 64), 64);
        long lowMask = ones(address.version() == 4 ? prefix : Math.max(prefix - 64, 0), lowBits);
        return new Network(address.version(), address.high() & highMask, address.low() & lowMask, highMask, lowMask);
    }

    private static int prefix(String text, int from, int width) {
        int prefix = 0;
        int digits = text.length() - from;
        for (int i = from; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9' || digits > 3) {
                return -1;
            }
            prefix = prefix * 10 + digit - '0';
        }
        return digits > 0 && prefix <= width ? prefix : -1;
    }

    /** The first {@code count} of {@code width} bits. */
    private static long ones(int count, int width) {
        return count == 0 ? 0 : -1L << width - count & -1L >>> 64 - width;
    }

    /** How many bits its addresses have in common. */
    public int prefix() {
        return Long.bitCount(highMask) + Long.bitCount(lowMask);
    }

    /** Whether the address is in one of the networks. */
    public static boolean anyContains(List<Network> networks, Address address) {
        for (Network network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** In CIDR notation; without a slash where it is one address. */
    @Override
    public String toString() {
        int prefix = Long.bitCount(highMask) + Long.bitCount(lowMask);
        Address first = new Address(version, high, low);
        return prefix == (version == 4 ? 32 : 128) ? first.toString() : first + "/" + prefix;
    }

    public boolean contains(Address address) {
        return address.version() == version && (address.high() & highMask) == high && (address.low() & lowMask) == low;
    }
}
