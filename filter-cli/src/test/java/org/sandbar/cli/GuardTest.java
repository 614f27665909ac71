package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The rules that guard puts in, also when an earlier one was killed, and what keeps it from beginning. Its work is tested in lab/. */
@Timeout(120)
class GuardTest {
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
        List<String> rightless = new ArrayList<>(List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all"));
        rightless.addAll(Program.sandbar("guard", "-Q", "8"));
        try (Program refused = Program.start(folder, namespace.in(rightless))) {
            endsWith(ExitCode.MISSING, refused);
            assertTrue(refused.messages().startsWith("sandbar: no right to decide packets; run it as root, or"));
            assertEquals(1, refused.messages().lines().count());
        }
    }

    @Test
    void printsWhatItWouldPutIn() {
        String rules = Run.of("guard", "-Q", "9", "--print-rules").text();
        assertTrue(rules.contains("table inet sandbar"), rules);
        assertTrue(rules.contains("-num 9") || rules.contains("queue num 9"), rules);
        assertTrue(Firewall.with(true).lines(9, true, null).contains("queue num 9 bypass\n"));
        assertTrue(Firewall.with(false).lines(9, true, null).contains("-j NFQUEUE --queue-num 9 --queue-bypass\n"));
    }

    @Test
    void wrongUse() {
        assertEquals(
                "sandbar: -Q must be from 0 to 65535, not 65536\n",
                Run.of("guard", "-Q", "65536").messages());
        assertEquals(
                "sandbar: --set policy.sandboxed.action=refuse: policy.sandboxed.action must be accept, drop or reject, not"
                        + " 'refuse'\n",
                Run.of("guard", "--set", "policy.sandboxed.action=refuse").messages());
        assertTrue(Run.of("guard", "--set", "policy.sandboxed.protocols=ftq")
                .messages()
                .contains("no protocol is called 'ftq': did you mean 'ftp'?"));
    }
}
