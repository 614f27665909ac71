package org.sandbar.cli;

import java.time.Instant;
import org.sandbar.engine.Correlator;
import org.sandbar.rule.RuleSet;

/**
 * SIGHUP: the rules, and what the configuration says of them, are read and compiled aside while the run goes on by those that it has;
 * the next batch of packets is judged by the new ones. Where anything is wrong with them the old ones stay. Output files are opened
 * anew, for whoever has moved them away. Bounds and trust stay as they were when the run began.
 */
final class Reload {
    private final Console console;
    private final RunOptions options;
    private final Correlator correlator;
    private final Outputs outputs;
    private volatile RuleSet rules;

    private Instant told = Instant.EPOCH;

    Reload(Console console, RunOptions options, Correlator correlator, Outputs outputs, RuleSet rules) {
        this.console = console;
        this.options = options;
        this.correlator = correlator;
        this.outputs = outputs;
        this.rules = rules;
    }

    /** Says which suppressions have expired since the last time. On the thread of stage 2. */
    void tellExpired() {
        Instant now = Instant.now();
        rules.expiredBetween(told, now).forEach(console::say);
        told = now;
    }

    /** On any thread, one at a time. */
    synchronized void run() {
        try {
            RuleSet next = Knowledge.rules(options.ruleFiles(), options.settings());
            correlator.beforeNextBatch(() -> correlator.adopt(next));
            next.warnings().forEach(console::say);
            console.say("rules reloaded: " + rules.rules().size() + " before, "
                    + next.rules().size() + " now");
            rules = next;
        } catch (Failure wrong) {
            String all = wrong.getMessage();
            long others = all.lines().filter(line -> line.contains(": error: ")).count() - 1;
            console.say("rules not reloaded, those before stay in force: "
                    + all.lines().findFirst().orElse("")
                    + (others > 0 ? " (and " + others + " more)" : ""));
        }
        outputs.reopen();
    }
}
