package org.sandbar.rule;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.sandbar.bytes.Limits;
import org.sandbar.event.Event;
import org.sandbar.event.EventKind;
import org.sandbar.yaml.Fault;
import org.sandbar.yaml.YamlMap;
import org.sandbar.yaml.YamlNode;

/**
 * Rules with what they were read from, for those who write them: where each stands, the samples that it is tested by, and everything
 * wrong or doubtful, of which {@link RuleSet} alone tells only what keeps the rules from working. Read-only, any thread.
 */
public final class RuleBook {
    private final List<EventKind> kinds;
    private final RuleSet rules;
    private final Map<Rule, YamlMap> documents = new IdentityHashMap<>();
    private final Map<Rule, RuleSamples> samples = new IdentityHashMap<>();
    private final List<Fault> faults = new ArrayList<>();

    private RuleBook(List<Path> paths, List<EventKind> kinds, Limits limits, Tuning tuning) {
        this.kinds = kinds;
        rules = RuleSet.read(paths, kinds, limits, tuning, faults, documents);
        for (Rule rule : rules.rules()) {
            YamlMap document = documents.get(rule);
            YamlNode tags = document.get("tags");
            if (!rule.tags().isEmpty()) {
                Tags.warn(tags.asList());
            }
            samples.put(rule, RuleSamples.read(document, rule, kinds));
        }
        faults.sort(Fault.ORDER);
    }

    /** Reads files and folders as {@link RuleSet#load} does. */
    public static RuleBook read(List<Path> paths, List<EventKind> kinds, Limits limits, Tuning tuning) {
        return new RuleBook(paths, kinds, limits, tuning);
    }

    /** Only of use where no fault is an error. */
    public RuleSet rules() {
        return rules;
    }

    /** By file, and from the top of it to its end. */
    public List<Fault> faults() {
        return faults;
    }

    /** The file that the rule stands in, as it was named. */
    public Path file(Rule rule) {
        return Path.of(documents.get(rule).file());
    }

    /** The line at which it begins, from 1. */
    public int line(Rule rule) {
        return documents.get(rule).line();
    }

    /** The events of a file of lines, read for this rule; what is wrong in it goes to the faults. */
    public List<Event> events(Rule rule, Path file, List<Fault> faults) {
        return new EventLine(kinds, rule).readAll(file, faults);
    }

    public RuleSamples samples(Rule rule) {
        return samples.get(rule);
    }
}
