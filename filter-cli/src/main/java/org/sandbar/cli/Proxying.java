package org.sandbar.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.sandbar.verdict.Decision;
import org.sandbar.wire.Network;

/**
 * The lines by which the kernel leads control channels of these clients to the proxy on a port, and data connections to who waits for them.
 * All of a control channel's packets keep the addresses of its client and server (TPROXY), and are handed to guard as it comes in and as
 * the proxy's answers go out. Of the data connections only those get past the router that guard has marked, so that what is in the maps
 * opens nothing by itself.
 */
record Proxying(List<Network> clients, int port) {
    /** Ahead of the user's own translations. */
    private static final int LEADING_PRIORITY = -101;
    /** The table of routes by which a packet for anybody ends here. */
    private static final int ROUTES = 4_502;

    private static final int MOST_WAYS = 65_536;
    private static final String PROXIED = Firewall.hex(Decision.PROXIED);
    private static final String ROUTED = "fwmark " + PROXIED + "/" + PROXIED + " lookup " + ROUTES;

    /** The maps and chains of nftables, within guard's table. */
    String chains(boolean statement, String queue) {
        StringBuilder lines = new StringBuilder();
        for (int version : List.of(4, 6)) {
            String address = "ipv" + version + "_addr";
            lines.append("    map ways").append(version).append(" {\n        type ");
            lines.append(String.join(" . ", address, address, "inet_service : " + address, "inet_service"));
            lines.append("; flags timeout; size ").append(MOST_WAYS).append(";\n    }\n");
        }
        chain(lines, "proxied", "filter hook prerouting", Firewall.QUEUE_PRIORITY - 1);
        for (String ip : families()) {
            line(
                    lines,
                    "iifname != lo " + ip + " saddr { " + networks(ip) + " } tcp dport 21 ct state new "
                            + setMark(Decision.PROXIED));
        }
        lines.append("    }\n");
        if (statement) {
            for (String hook : List.of("prerouting", "postrouting")) {
                chain(lines, "handing_" + hook, "filter hook " + hook, Firewall.QUEUE_PRIORITY);
                line(lines, "ct mark & " + PROXIED + " == 0 accept");
                lines.append(queue).append("    }\n");
            }
        }
        chain(lines, "marking_answers", "filter hook postrouting", Firewall.MARK_PRIORITY);
        line(lines, "jump marks\n    }");
        chain(lines, "diverting", "filter hook prerouting", Firewall.MARK_PRIORITY);
        line(lines, "jump marks");
        for (String ip : families()) {
            line(
                    lines,
                    "ct mark & " + PROXIED + " != 0 tcp dport 21 tproxy " + ip + " to " + loopback(ip) + ":" + port
                            + " meta mark set meta mark | " + PROXIED);
        }
        lines.append("    }\n");
        chain(lines, "leading", "nat hook prerouting", LEADING_PRIORITY);
        for (String ip : families()) {
            String key = ip + " saddr . " + ip + " daddr . tcp dport ";
            String map = "@ways" + (ip.equals("ip") ? 4 : 6);
            line(lines, key + map + " " + setMark(Decision.TRANSLATED));
            line(lines, "dnat " + ip + " to " + key + "map " + map);
        }
        return lines.append("    }\n").toString();
    }

    /** What keeps out, behind the marks, a data connection for which no way is open. */
    static String refusal() {
        return "        ct mark & " + Firewall.hex(Decision.TRANSLATED | Decision.EXPECTED) + " == "
                + Firewall.hex(Decision.TRANSLATED) + " drop\n";
    }

    private static void chain(StringBuilder lines, String name, String hook, int priority) {
        lines.append("    chain ").append(name).append(" {\n        type ").append(hook);
        lines.append(" priority ").append(priority).append("; policy accept;\n");
    }

    private static void line(StringBuilder lines, String line) {
        lines.append("        ").append(line).append('\n');
    }

    private static String setMark(int bit) {
        return "ct mark set ct mark | " + Firewall.hex(bit);
    }

    private List<String> families() {
        List<String> families = new ArrayList<>(2);
        if (has(4)) {
            families.add("ip");
        }
        if (has(6)) {
            families.add("ip6");
        }
        return families;
    }

    private boolean has(int version) {
        return clients.stream().anyMatch(network -> network.version() == version);
    }

    private String networks(String ip) {
        StringJoiner list = new StringJoiner(", ");
        clients.stream()
                .filter(network -> network.version() == (ip.equals("ip") ? 4 : 6))
                .forEach(network -> list.add(network.toString()));
        return list.toString();
    }

    private static String loopback(String ip) {
        return ip.equals("ip") ? "127.0.0.1" : "[::1]";
    }

    /** The lines of iptables, where those hand packets over to guard's chain, and those of the routes. */
    String others(boolean statement, List<String> iptables, String chain) {
        StringBuilder lines = new StringBuilder();
        for (String program : statement ? List.<String>of() : iptables) {
            for (String hook : List.of("PREROUTING", "POSTROUTING")) {
                lines.append(program).append(" -w -t mangle -I ").append(handing(hook, chain));
            }
        }
        for (String ip : families()) {
            String program = ip.equals("ip") ? "ip -4 " : "ip -6 ";
            lines.append(program).append("rule add ").append(ROUTED).append('\n');
            lines.append(program)
                    .append("route add local default dev lo table ")
                    .append(ROUTES);
            lines.append('\n');
        }
        return lines.toString();
    }

    /** The lines that take those away. */
    static String removal(List<String> iptables, String chain) {
        StringBuilder lines = new StringBuilder();
        for (String program : iptables) {
            for (String hook : List.of("PREROUTING", "POSTROUTING")) {
                lines.append(program).append(" -w -t mangle -D ").append(handing(hook, chain));
            }
        }
        for (String program : List.of("ip -4 ", "ip -6 ")) {
            lines.append(program).append("rule del ").append(ROUTED).append('\n');
            lines.append(program).append("route flush table ").append(ROUTES).append('\n');
        }
        return lines.toString();
    }

    private static String handing(String hook, String chain) {
        return hook + " -m connmark --mark " + PROXIED + "/" + PROXIED + " -j " + chain + "\n";
    }
}
