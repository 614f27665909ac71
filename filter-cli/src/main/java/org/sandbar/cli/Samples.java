package org.sandbar.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sandbar.capture.CaptureException;
import org.sandbar.capture.Captures;
import org.sandbar.capture.PacketSource;
import org.sandbar.engine.Correlator;
import org.sandbar.engine.Pipeline;
import org.sandbar.engine.ShardSettings;
import org.sandbar.event.Event;
import org.sandbar.output.EventSink;
import org.sandbar.output.Statistics;
import org.sandbar.rule.Rule;
import org.sandbar.rule.RuleBook;
import org.sandbar.rule.RuleSamples.Sample;
import org.sandbar.rule.RuleSet;
import org.sandbar.trust.Owners;
import org.sandbar.trust.TrustTable;
import org.sandbar.verdict.Alert;
import org.sandbar.verdict.Verdicts;
import org.sandbar.yaml.Fault;

/** Which rules match which samples. Each capture is replayed once, however many rules it is a sample of. One thread. */
final class Samples {
    private final RuleBook book;
    private final RuleSet rules;
    private final Settings settings;
    private final TrustTable trust;
    /** By capture, the names of the rules that match something in it. */
    private final Map<Path, Set<String>> replayed = new HashMap<>();

    Samples(RuleBook book, Settings settings) {
        this.book = book;
        this.settings = settings;
        rules = book.rules().outspoken();
        trust = Knowledge.trust(settings);
    }

    /** Whether the rule matches anything in the sample. What is wrong with the sample goes to the faults. */
    boolean matches(Rule rule, Sample sample, List<Fault> faults) {
        if (sample instanceof Sample.Told told) {
            return matches(rule, List.of(told.event()));
        }
        Sample.File file = (Sample.File) sample;
        if (file.holdsEvents()) {
            List<Event> events = book.events(rule, file.path(), faults);
            return matches(rule, events);
        }
        Set<String> matched = replayed.get(file.path());
        if (matched == null) {
            matched = replay(file.path(), faults);
            replayed.put(file.path(), matched);
        }
        return matched.contains(rule.name());
    }

    private boolean matches(Rule rule, List<Event> events) {
        Verdicts verdicts = new Verdicts(rules, settings.limits());
        for (Event event : events) {
            for (Alert alert : verdicts.judge(event)) {
                if (alert.rule() == rule) {
                    return true;
                }
            }
        }
        return false;
    }

    private Set<String> replay(Path capture, List<Fault> faults) {
        Matched matched = new Matched();
        if (!Files.exists(capture)) {
            faults.add(new Fault(capture.toString(), 1, 1, "no such file", ""));
            return matched.names;
        }
        try (PacketSource source = Captures.open(List.of(capture.toString()), null)) {
            ShardSettings stage1 = settings.shardSettings(false, port -> trust.rangeOf(port) != null);
            Pipeline pipeline = new Pipeline(source, 1, stage1);
            Correlator correlator = new Correlator(
                    new Knowledge(trust, rules).correlatorSettings(Owners.NONE, settings), List.of(matched));
            pipeline.start();
            for (CaptureException unreadable : pipeline.run(correlator, (bytes, packets) -> {})) {
                faults.add(new Fault(capture.toString(), 1, 1, unreadable.getMessage(), ""));
            }
        } catch (CaptureException unreadable) {
            faults.add(new Fault(capture.toString(), 1, 1, unreadable.getMessage(), ""));
        }
        return matched.names;
    }

    /** Keeps the names of the rules that raised alerts. */
    private static final class Matched implements EventSink {
        private final Set<String> names = new HashSet<>();

        @Override
        public void event(Event event) {
            // Only alerts count.
        }

        @Override
        public void alert(Alert alert) {
            names.add(alert.rule().name());
        }

        @Override
        public void statistics(Statistics statistics) {
            // Only alerts count.
        }

        @Override
        public void flush() {
            // Nothing is written.
        }

        @Override
        public void close() {
            // Nothing is written.
        }
    }
}
