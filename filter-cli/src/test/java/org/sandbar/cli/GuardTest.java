package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sandbar.wire.Network;

/** The rules that guard puts in, also when an earlier one was killed, and what keeps it from beginning. Its work is tested in lab/. */
@Timeout(120)
class GuardTest {
    private static final int CURL_REFUSED = 7;

    @TempDir
    Path folder;

    private Namespace namespace;

    @BeforeEach
    void makeNamespace() throws IOException, InterruptedException {
        namespace = Namespace.make(folder);
    }

    @AfterEach
    void deleteNamespace() throws IOException, InterruptedException {
        if (namespace != null) {
            namespace.delete();
        }
    }

    private Program guard(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("guard", "-Q", "7"));
        all.addAll(List.of(arguments));
        return Program.start(folder, namespace.in(Program.sandbar(all.toArray(String[]::new))));
    }

    private String rules() throws IOException, InterruptedException {
        try (Program list = Program.start(folder, List.of(namespace.in("nft", "list", "ruleset")))) {
            assertEquals(0, list.code(), list::messages);
            return list.data();
        }
    }

    private static boolean hasRules(String listed) {
        return listed.contains("table inet sandbar") && listed.matches("(?s).*queue .*7.*");
    }

    private void endsWith(int code, Program program) throws InterruptedException {
        assertEquals(code, program.code(), program::messages);
    }

    @Test
    void rulesComeAndGoAlsoAfterAKill() throws IOException, InterruptedException {
        try (Program killed = guard("--install")) {
            killed.awaitMessage("guarding");
            assertTrue(hasRules(rules()));
            killed.signal("KILL");
            endsWith(128 + 9, killed);
        }
        assertTrue(hasRules(rules()), "who was killed took nothing away");
        try (Program next = guard("--install")) {
            next.awaitMessage("guarding");
            assertTrue(hasRules(rules()));
            next.signal("TERM");
            endsWith(ExitCode.DONE, next);
        }
        assertTrue(!rules().contains("andbar") && !rules().contains("SANDBAR"), rules());
        try (Program again = guard("--install", "--fail-open")) {
            again.awaitMessage("guarding");
            assertTrue(rules().contains("bypass"));
            again.signal("KILL");
            endsWith(128 + 9, again);
        }
        try (Program uninstall = guard("--uninstall")) {
            endsWith(ExitCode.DONE, uninstall);
        }
        assertTrue(!rules().contains("andbar") && !rules().contains("SANDBAR"), rules());
    }

    @Test
    void refused() throws IOException, InterruptedException {
        try (Program first = guard()) {
            first.awaitMessage("guarding");
            try (Program second = guard()) {
                endsWith(ExitCode.USAGE, second);
                assertEquals(
                        "sandbar: another program reads queue 7; end it, or give another number with -Q\n",
                        second.messages());
            }
        }
        isRefused(
                ExitCode.MISSING,
                "no right to decide packets; run it as root, or with these rights alone: sudo setpriv --reuid="
                        + System.getProperty("user.name") + " --init-groups --inh-caps=+net_admin,+net_raw"
                        + " --ambient-caps=+net_admin,+net_raw sandbar guard …",
                withRights("-all", guard(8)));
        isRefused(
                ExitCode.MISSING,
                "no right to send what rejects a connection; run it as root, or with net_raw beside net_admin",
                withRights("-all,+net_admin", guard(8)));
        isRefused(
                ExitCode.MISSING,
                "the kernel's rules cannot be reached: Operation not permitted (you must be root)",
                withRights("-all", guard(8, "--uninstall")));
    }

    @Test
    void missingParts() throws IOException, InterruptedException {
        isRefused(
                ExitCode.MISSING,
                "packets are decided by libnetfilter_queue, which cannot be loaded; apt-get install libnetfilter-queue1",
                Program.afterMounting(Program.hiding("libnetfilter_queue.so"), guard(8)));
        Path programs = Files.createDirectory(folder.resolve("programs"));
        Path shell = Files.writeString(programs.resolve("sh"), "#!/bin/sh\nexec /bin/sh \"$@\"\n");
        assertTrue(shell.toFile().setExecutable(true));
        List<String> alone = new ArrayList<>(List.of("env", "PATH=" + programs));
        alone.addAll(guard(8, "--install"));
        isRefused(
                ExitCode.MISSING,
                "the kernel's rules cannot be reached: nft, iptables or ip is missing; apt-get install"
                        + " nftables iptables iproute2",
                alone);
    }

    private static List<String> guard(int queue, String... arguments) {
        List<String> all = new ArrayList<>(List.of("guard", "-Q", Integer.toString(queue)));
        all.addAll(List.of(arguments));
        return Program.sandbar(all.toArray(String[]::new));
    }

    private static List<String> withRights(String rights, List<String> command) {
        List<String> all = new ArrayList<>(List.of("setpriv", "--bounding-set=" + rights, "--inh-caps=" + rights));
        all.addAll(command);
        return all;
    }

    private void isRefused(int code, String message, List<String> command) throws IOException, InterruptedException {
        try (Program program = Program.start(folder, namespace.in(command))) {
            endsWith(code, program);
            assertEquals("sandbar: " + message + "\n", program.messages());
        }
    }

    /** Outputs that fail are said and counted, and packets go on being decided; what alerted is kept, and the run can be measured. */
    @Test
    void decidesOnWhereOutputsFail() throws IOException, InterruptedException {
        Path rule = Files.writeString(
                folder.resolve("rule.yaml"),
                "title: T\nname: any-flow\nid: 0f0e0d0c-0b0a-4908-8706-050403020100\nlevel: low\nsandbar: {sid: 1}\n"
                        + "logsource: {product: sandbar, service: flow}\ndetection: {s: {dest_port: 9}, condition: s}\n");
        Path kept = folder.resolve("kept.pcapng");
        Path events = folder.resolve("events");
        namespace.ip("link", "set", "lo", "up");
        Program.run(folder, namespace.in("iptables", "-A", "OUTPUT", "-o", "lo", "-j", "NFQUEUE", "--queue-num", "7"));
        List<String> unread = new ArrayList<>(List.of("bash", "-c", "exec \"$@\" > >(true)", "bash"));
        unread.addAll(Program.sandbar(
                "guard",
                "-Q7",
                "-oeve:-",
                "-oeve:/dev/full",
                "-oeve:" + events,
                "-S" + rule,
                "-w" + kept,
                "--metrics=127.0.0.1:9402",
                "--stats-interval=1"));
        try (Program guard = Program.start(folder, namespace.in(unread))) {
            guard.awaitMessage("guarding");
            guard.awaitMessage("eve:-: Broken pipe; events wait for it");
            guard.awaitMessage("eve:/dev/full: No space left on device; events wait for it");
            for (int i = 0; i < 3; i++) {
                // It is refused, for nobody listens; whom the queue does not answer waits.
                assertEquals(CURL_REFUSED, curl("http://127.0.0.1:9/").code());
            }
            guard.await("alerts", () -> text(events).split("\"rule\":\"any-flow\"", -1).length == 4);
            guard.await("packets", () -> kept.toFile().length() > 500);
            Program metrics = curl("http://127.0.0.1:9402/metrics");
            assertEquals(0, metrics.code());
            assertTrue(metrics.data().contains("sandbar_alerts_total{level=\"low\",rule=\"any-flow\"} 3.0"));
            assertTrue(metrics.data().contains("sandbar_guard_dropped_total 0.0"), metrics.data());
            assertTrue(metrics.data().contains("sandbar_output_up{output=\"eve:/dev/full\"} 0.0"), metrics.data());
            guard.signal("TERM");
            endsWith(ExitCode.FAILED, guard);
            for (String output : List.of("eve:-", "eve:/dev/full")) {
                assertTrue(guard.messages().matches("(?s).*" + output + ": [0-9]+ events were dropped\n.*"));
                assertEquals(2, guard.messages().split(output + ".*events wait for it").length, guard.messages());
            }
            assertEquals(
                    text(events).split("\"event_type\":\"alert\"", -1).length - 1,
                    Run.of("replay", "-S", rule, kept).events("alert").size());
        }
    }

    private Program curl(String address) throws IOException, InterruptedException {
        Program curl = Program.start(folder, List.of(namespace.in("curl", "-s", "--max-time", "10", address)));
        curl.code();
        return curl;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            throw new AssertionError(gone);
        }
    }

    @Test
    void printsWhatItWouldPutIn() {
        String rules = Run.of("guard", "-Q", "9", "--print-rules").text();
        assertTrue(rules.contains("table inet sandbar"), rules);
        assertTrue(rules.contains("-num 9") || rules.contains("queue num 9"), rules);
        assertTrue(Firewall.with(true).lines(9, true, null).contains("queue num 9 bypass\n"));
        assertTrue(Firewall.with(false).lines(9, true, null).contains("-j NFQUEUE --queue-num 9 --queue-bypass\n"));
        String with = Firewall.with(true).lines(9, true, null);
        assertTrue(with.contains("ct state new queue num 10 bypass\n"));
    }

    /** Of the kernel all is asked that it has: where it lacks the statement, its words say so, and are no error of spelling. */
    @Test
    void nftTakesTheRulesWithItsStatement() throws IOException, InterruptedException {
        List<Network> clients = List.of(Network.parse("192.168.1.0/24"), Network.parse("fd00::/64"));
        for (Proxying proxying : new Proxying[] {null, new Proxying(clients, 8_021)}) {
            String lines = Firewall.with(true).lines(9, true, proxying);
            String rules = lines.substring(lines.indexOf('\n') + 1, lines.indexOf("END\n", lines.indexOf('\n')));
            assertTrue(rules.contains("queue num 9 bypass\n"));
            assertEquals("", refusal(rules.replaceAll("queue num \\d+ bypass", "counter")));
            String refusal = refusal(rules);
            assertTrue(
                    refusal.isEmpty()
                            || refusal.matches("(\\S+ Error: Could not process rule: No such file or directory\n"
                                    + "[^\n]+queue num \\d+ bypass\n[ ^]+\n)+"),
                    refusal);
            assertEquals(
                    refusal.isEmpty(), Firewall.ofKernel().lines(9, true, null).contains("queue num"));
        }
    }

    /** What nft, which asks the kernel and changes nothing, has against the rules. */
    private String refusal(String rules) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("rules.nft"), rules);
        try (Program check = Program.start(folder, List.of(namespace.in("nft", "-c", "-f", file.toString())))) {
            check.code();
            return check.messages();
        }
    }

    @Test
    void printsWhatLeadsToTheProxy() {
        Proxying proxying = new Proxying(List.of(Network.parse("192.168.1.0/24"), Network.parse("10.0.0.0/8")), 8_022);
        String target = Firewall.with(false).lines(9, true, proxying);
        assertTrue(target.contains("ip saddr { 192.168.1.0/24, 10.0.0.0/8 } tcp dport 21 ct state new"), target);
        assertTrue(target.contains("tproxy ip to 127.0.0.1:8022"), target);
        assertTrue(target.contains("ip -4 rule add") && !target.contains("ip -6 rule add"), target);
        assertTrue(target.contains("-I PREROUTING -m connmark --mark 0x10000000/0x10000000 -j SANDBAR"), target);
        assertTrue(Firewall.with(true)
                .lines(9, true, proxying)
                .matches("(?s).*hook postrouting priority -150.*queue num 9 bypass.*"));
    }

    @Test
    void routesToTheProxyComeAndGo() throws IOException, InterruptedException {
        try (Program killed = guard("--install", "--ftp-proxy", "192.168.1.0/24")) {
            killed.awaitMessage("guarding");
            assertTrue(routes().contains("0x10000000") && rules().contains("tproxy"), routes());
            killed.signal("KILL");
            endsWith(128 + 9, killed);
        }
        try (Program uninstall = guard("--uninstall")) {
            endsWith(ExitCode.DONE, uninstall);
        }
        assertTrue(!routes().contains("0x10000000") && !rules().contains("tproxy"), routes());
        try (Program without = guard("--ftp-proxy", "192.168.1.0/24")) {
            without.awaitMessage("guarding");
            assertTrue(without.messages().contains("the rules that lead to the proxy for FTP are not there"));
        }
    }

    private String routes() throws IOException, InterruptedException {
        try (Program list = Program.start(folder, List.of(namespace.in("ip", "rule")))) {
            assertEquals(0, list.code(), list::messages);
            return list.data();
        }
    }

    @Test
    void wrongUse() {
        assertEquals(
                "sandbar: --ftp-proxy: '192.168.1.0/33' is no network; write 192.168.1.0/24\n",
                Run.of("guard", "--ftp-proxy", "10.0.0.0/8,192.168.1.0/33").messages());
        assertEquals(
                "sandbar: --ftp-proxy is not for --simulate: it changes what the server is told\n",
                Run.of("guard", "--simulate", "--ftp-proxy", "10.0.0.0/8").messages());
        assertEquals(
                "sandbar: -Q must be from 0 to 65534, not 65535\n",
                Run.of("guard", "-Q", "65535").messages());
        assertEquals(
                "sandbar: --set policy.sandboxed.action=refuse: policy.sandboxed.action must be accept, drop or reject, not"
                        + " 'refuse'\n",
                Run.of("guard", "--set", "policy.sandboxed.action=refuse").messages());
        assertTrue(Run.of("guard", "--set", "policy.sandboxed.protocols=ftq")
                .messages()
                .contains("no protocol is called 'ftq': did you mean 'ftp'?"));
    }
}
