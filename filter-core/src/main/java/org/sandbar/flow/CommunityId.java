package org.sandbar.flow;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.sandbar.bytes.Bytes;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;

/**
 * Community ID version 1: the same short name for a flow in every tool that computes it (Corelight's specification). The smaller
 * endpoint comes first, bytes compared unsigned; ICMP's type and code stand in for ports, and where the type has a counterpart (echo
 * and reply) the two are ordered like ports. Any thread.
 */
public final class CommunityId {
    private static final ThreadLocal<MessageDigest> SHA1 = ThreadLocal.withInitial(CommunityId::sha1);
    private static final int[][] ICMP_PAIRS = {{8, 0}, {13, 14}, {15, 16}, {10, 9}, {17, 18}};
    private static final int[][] ICMP_V6_PAIRS = {{128, 129}, {133, 134}, {135, 136}, {130, 131}, {139, 140}, {144, 145}
    };

    private CommunityId() {}

    /** The identifier with its version prefix. For ICMP the "ports" are what the packet of the client holds: type and code. */
    public static String of(
            Address source, int sourcePort, Address destination, int destinationPort, int protocol, int seed) {
        return "1:"
                + Base64.getEncoder()
                        .encodeToString(digest(source, sourcePort, destination, destinationPort, protocol, seed));
    }

    static byte[] digest(
            Address source, int sourcePort, Address destination, int destinationPort, int protocol, int seed) {
        int secondPort = destinationPort;
        boolean oneWay = false;
        if (protocol == Packet.ICMP || protocol == Packet.ICMP_V6) {
            int counterpart = counterpart(protocol == Packet.ICMP ? ICMP_PAIRS : ICMP_V6_PAIRS, sourcePort);
            oneWay = counterpart < 0;
            secondPort = oneWay ? destinationPort : counterpart;
        }
        int order = compare(source, destination);
        boolean swap = !oneWay && (order > 0 || order == 0 && sourcePort > secondPort);
        Address first = swap ? destination : source;
        Address second = swap ? source : destination;
        byte[] input = new byte[40];
        Bytes.put16(input, 0, seed);
        int at = put(input, put(input, 2, first), second);
        input[at++] = (byte) protocol;
        input[at++] = 0;
        if (hasPorts(protocol)) {
            Bytes.put16(input, at, swap ? secondPort : sourcePort);
            Bytes.put16(input, at + 2, swap ? sourcePort : secondPort);
            at += 4;
        }
        MessageDigest sha1 = SHA1.get();
        sha1.update(input, 0, at);
        return sha1.digest();
    }

    private static boolean hasPorts(int protocol) {
        return protocol == Packet.TCP
                || protocol == Packet.UDP
                || protocol == 132
                || protocol == Packet.ICMP
                || protocol == Packet.ICMP_V6;
    }

    private static int counterpart(int[][] pairs, int type) {
        for (int[] pair : pairs) {
            if (pair[0] == type) {
                return pair[1];
            }
            if (pair[1] == type) {
                return pair[0];
            }
        }
        return -1;
    }

    private static int compare(Address left, Address right) {
        int high = Long.compareUnsigned(left.high(), right.high());
        return high != 0 ? high : Long.compareUnsigned(left.low(), right.low());
    }

    private static int put(byte[] input, int at, Address address) {
        if (address.version() == 4) {
            Bytes.put32(input, at, (int) address.low());
            return at + 4;
        }
        Bytes.put64(input, at, address.high());
        Bytes.put64(input, at + 8, address.low());
        return at + 16;
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1", impossible);
        }
    }
}
