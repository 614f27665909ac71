package org.sandbar.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.sandbar.verdict.Decision;

/**
 * The lines by which the kernel's packet filter hands what it forwards to guard, and keeps guard's marks on the connection. Some kernels have
 * the nftables statement for that, others only the target of iptables; the marks are nftables' in both cases. They are made as text, so that
 * a user reads what is run.
 */
final class Firewall {
    private static final String TABLE = "sandbar";
    private static final String CHAIN = "SANDBAR";
    /** Before the rules of the user's own tables, which see the marks. */
    static final int QUEUE_PRIORITY = -150;

    static final int MARK_PRIORITY = -149;
    private static final List<String> FAMILIES = List.of("iptables", "ip6tables");
    private static final int NOT_FOUND = 127;
    /** One in so many is looked at, so that it is known how far a body has come. */
    private static final int ACKNOWLEDGEMENTS_A_LOOK = 64;

    private final boolean statement;

    private Firewall(boolean statement) {
        this.statement = statement;
    }

    /** That of this machine's kernel. */
    static Firewall ofKernel() {
        String probe =
                "add table inet sandbar-probe; add chain inet sandbar-probe c { type filter hook forward priority 0; };"
                        + " add rule inet sandbar-probe c queue num 0";
        return new Firewall(run("nft -c '" + probe + "'").isEmpty());
    }

    /** The one with nftables' statement, or the one with iptables' target. */
    static Firewall with(boolean statement) {
        return new Firewall(statement);
    }

    /**
     * The lines that hand packets over to this queue.
     *
     * @param proxying what goes through the proxy besides, or null
     */
    String lines(int queue, boolean failOpen, Proxying proxying) {
        StringBuilder lines = new StringBuilder("nft -f - <<'END'\n");
        lines.append("table inet ").append(TABLE).append(" {\n");
        String handing = handing(queue, failOpen);
        passing(lines);
        if (statement) {
            chain(lines, "handing", QUEUE_PRIORITY);
            lines.append(handing).append("    }\n");
        }
        lines.append("    chain marks {\n");
        for (int trustClass : List.of(Decision.SANDBOXED, Decision.UNKNOWN, Decision.TRUSTED)) {
            mark(lines, Decision.CLASS_MASK, trustClass);
        }
        mark(lines, Decision.EXPECTED, Decision.EXPECTED);
        mark(lines, Decision.READ, Decision.READ);
        mark(lines, Decision.SKIPPED, Decision.SKIPPED);
        unmark(lines, Decision.SKIPPED);
        lines.append("    }\n");
        chain(lines, "marking", MARK_PRIORITY);
        lines.append("        jump marks\n");
        lines.append(
                proxying == null ? "    }\n" : Proxying.refusal() + "    }\n" + proxying.chains(statement, handing));
        lines.append("}\nEND\n");
        for (String iptables : statement ? List.<String>of() : FAMILIES) {
            handing(lines, iptables, queue, failOpen);
        }
        return proxying == null ? lines.toString() : lines + proxying.others(statement, FAMILIES, CHAIN);
    }

    /**
     * Which packets need not be looked at: of a connection that is read, all; of one whose server's body is skipped, the server's, and nearly
     * all of the client's that say nothing but how far it has come. Beginnings and ends of connections always are.
     */
    private static void passing(StringBuilder lines) {
        String pass = " meta mark set meta mark | " + hex(Decision.PASSED) + " accept\n";
        chain(lines, "passing", QUEUE_PRIORITY - 1);
        lines.append("        tcp flags & (syn | fin | rst) != 0 accept\n");
        lines.append("        ct mark & ")
                .append(hex(Decision.READ))
                .append(" != 0")
                .append(pass);
        lines.append("        ct mark & ").append(hex(Decision.SKIPPED)).append(" == 0 accept\n");
        lines.append("        ct direction reply").append(pass);
        lines.append("        numgen random mod ")
                .append(ACKNOWLEDGEMENTS_A_LOOK)
                .append(" == 0 accept\n");
        // Without options, or with time-stamps.
        for (int words : List.of(5, 8)) {
            int bytes = 4 * words;
            lines.append("        ip hdrlength 5 ip length ").append(20 + bytes);
            lines.append(" tcp doff ").append(words).append(pass);
            lines.append("        ip6 nexthdr tcp ip6 length ").append(bytes);
            lines.append(" tcp doff ").append(words).append(pass);
        }
        lines.append("    }\n");
    }

    /** What is new has a queue of its own. */
    private static String handing(int queue, boolean failOpen) {
        String bypass = failOpen ? " bypass\n" : "\n";
        return "        meta mark & " + hex(Decision.PASSED) + " != 0 accept\n"
                + "        ct state new queue num " + (queue + 1) + bypass
                + "        queue num " + queue + bypass;
    }

    /** The same with iptables. */
    private static void handing(StringBuilder lines, String iptables, int queue, boolean failOpen) {
        String table = iptables + " -w -t mangle ";
        String append = table + "-A " + CHAIN;
        String handed = failOpen ? " --queue-bypass\n" : "\n";
        String passed = hex(Decision.PASSED) + '/' + hex(Decision.PASSED);
        lines.append(table).append("-N ").append(CHAIN).append('\n');
        lines.append(append).append(" -m mark --mark ").append(passed).append(" -j RETURN\n");
        lines.append(append).append(" -m conntrack --ctstate NEW -j NFQUEUE --queue-num ");
        lines.append(queue + 1).append(handed);
        lines.append(append).append(" -j NFQUEUE --queue-num ").append(queue).append(handed);
        lines.append(table).append("-I FORWARD -j ").append(CHAIN).append('\n');
    }

    private static void chain(StringBuilder lines, String name, int priority) {
        lines.append("    chain ").append(name).append(" {\n        type filter hook forward priority ");
        lines.append(priority).append("; policy accept;\n");
    }

    /** A packet that guard has marked so marks its connection. */
    private static void mark(StringBuilder lines, int mask, int value) {
        lines.append("        meta mark & ").append(hex(mask)).append(" == ").append(hex(value));
        lines.append(" ct mark set ct mark & ")
                .append(hex(~mask))
                .append(" | ")
                .append(hex(value))
                .append('\n');
    }

    /** A packet that guard has judged and not marked so takes the mark away. */
    private static void unmark(StringBuilder lines, int bit) {
        lines.append("        meta mark & ").append(hex(Decision.CLASS_MASK)).append(" != 0 meta mark & ");
        lines.append(hex(bit)).append(" == 0 ct mark & ").append(hex(bit)).append(" != 0 ct mark set ct mark & ");
        lines.append(hex(~bit)).append('\n');
    }

    /** What a user's own rules can say, as comments. */
    static String advice() {
        return "# In the forward chain of your own rules (inet filter forward, say), before what drops the rest: let in what guard\n"
                + "# has opened, and treat connections by what they are taken for.\n"
                + "#   ct mark & " + hex(Decision.EXPECTED) + " != 0 accept\n"
                + "#   ct mark & " + hex(Decision.CLASS_MASK) + " == " + hex(Decision.SANDBOXED)
                + " ...   # sandboxed\n"
                + "#   ct mark & " + hex(Decision.CLASS_MASK) + " == " + hex(Decision.UNKNOWN) + " ...   # unknown\n"
                + "#   ct mark & " + hex(Decision.CLASS_MASK) + " == " + hex(Decision.TRUSTED) + " ...   # trusted\n"
                + "# In the input chain, with --ftp-proxy: the control channels that go through it.\n"
                + "#   ct mark & " + hex(Decision.PROXIED) + " != 0 accept\n";
    }

    /** The lines that take all of it away, whatever of it there is. */
    static String removal() {
        List<String> lines =
                new ArrayList<>(Proxying.removal(FAMILIES, CHAIN).lines().toList());
        for (String iptables : FAMILIES) {
            String table = iptables + " -w -t mangle ";
            lines.add(table + "-D FORWARD -j " + CHAIN);
            lines.add(table + "-F " + CHAIN);
            lines.add(table + "-X " + CHAIN);
        }
        lines.add("nft delete table inet " + TABLE);
        return String.join("\n", lines) + '\n';
    }

    /**
     * Puts the lines in, in place of what an earlier run may have left.
     *
     * @throws Failure where one of them fails; nothing of them is left then
     */
    void install(int queue, boolean failOpen, Proxying proxying) {
        requireRight();
        remove();
        String fault = run("set -e\n" + lines(queue, failOpen, proxying));
        if (!fault.isEmpty()) {
            remove();
            throw new Failure(ExitCode.MISSING, "the rules cannot be put in: " + fault);
        }
    }

    /** Takes all of them away; where there are none that is no fault. */
    static void remove() {
        run(removal());
    }

    /** @throws Failure where the rules may not be seen */
    static void requireRight() {
        String fault = run("nft list tables >/dev/null");
        if (!fault.isEmpty()) {
            throw new Failure(ExitCode.MISSING, "the kernel's rules cannot be reached: " + fault);
        }
    }

    /** What went wrong, in a line; empty where nothing did. */
    static String run(String script) {
        try {
            Process shell =
                    new ProcessBuilder("sh", "-s").redirectErrorStream(true).start();
            shell.getOutputStream().write(script.getBytes(StandardCharsets.UTF_8));
            shell.getOutputStream().close();
            String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = shell.waitFor();
            if (code == NOT_FOUND) {
                return "nft, iptables or ip is missing; apt-get install nftables iptables iproute2";
            }
            return code == 0 ? "" : said.lines().findFirst().orElse("code " + code);
        } catch (IOException unusable) {
            return unusable.getMessage();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    static String hex(int mark) {
        return String.format("0x%08x", mark);
    }
}
