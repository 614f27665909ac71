package org.sandbar.protocol.http;

import java.util.BitSet;

/**
 * Ports on which HTTP is suspicious: those that browsers refuse (Fetch standard, section "port blocking", the table of 2025-08) and
 * those on which a firewall's application gateway listens (Linux's nf_conntrack helpers, and what routers add to them). Stateless,
 * any thread.
 */
final class HelperPorts {
    private static final int[] REFUSED = {
        0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109,
        110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530,
        531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190,
        5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080
    };

    private static final BitSet REFUSED_SET = new BitSet();

    static {
        for (int port : REFUSED) {
            REFUSED_SET.set(port);
        }
    }

    private HelperPorts() {}

    /** Whether browsers refuse the port or a helper listens there. */
    static boolean contains(int port) {
        return REFUSED_SET.get(port) || helper(port) != null;
    }

    /** The helper of a port, or null. */
    static String helper(int port) {
        return switch (port) {
            case 21, 2121 -> "ftp";
            case 69 -> "tftp";
            case 137 -> "netbios-ns";
            case 161 -> "snmp";
            case 554 -> "rtsp";
            case 1719, 1720 -> "h323";
            case 1723 -> "pptp";
            case 5060, 5061 -> "sip";
            case 6566 -> "sane";
            case 6667 -> "irc";
            case 10080 -> "amanda";
            default -> null;
        };
    }

    static int count() {
        return REFUSED.length;
    }
}
