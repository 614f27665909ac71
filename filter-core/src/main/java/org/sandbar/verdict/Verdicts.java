package org.sandbar.verdict;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sandbar.bytes.Limits;
import org.sandbar.event.Event;
import org.sandbar.event.FlowEvents;
import org.sandbar.flow.Conversation;
import org.sandbar.rule.CorrelationRule;
import org.sandbar.rule.Rule;
import org.sandbar.rule.RuleMatcher;
import org.sandbar.rule.RuleSet;
import org.sandbar.rule.Suppression;
import org.sandbar.rule.Threshold;

/**
 * Runs the rules over events, and the correlations over what they match, and keeps, for each flow on which one fired, which did and
 * the strongest action. Keyed by the flow, kept while it lasts; a flow on which nothing fired costs nothing. A correlation fires on
 * the event that completes it, and so on that event's flow. One thread.
 */
public final class Verdicts {
    private final Map<Conversation, List<Rule>> fired = new HashMap<>();
    private final List<Alert> alerts = new ArrayList<>();
    /** Of the event at hand, the rules that it matches and that a correlation is about. */
    private final List<Rule> matched = new ArrayList<>();

    private final List<Event> completed = new ArrayList<>();
    private final Map<Withheld, Map<String, Long>> withheld = new EnumMap<>(Withheld.class);
    private final Limits limits;
    private final Limiter limiter;
    private List<Groups> correlations = new ArrayList<>();
    private RuleSet rules;
    private RuleMatcher matcher;

    public Verdicts(RuleSet rules, Limits limits) {
        this.rules = rules;
        matcher = new RuleMatcher(rules);
        this.limits = limits;
        limiter = new Limiter(limits);
        for (CorrelationRule correlation : rules.correlations()) {
            correlations.add(new Groups(correlation, limits));
        }
        for (Withheld reason : Withheld.values()) {
            withheld.put(reason, new TreeMap<>());
        }
    }

    /**
     * Goes on with other rules, from the next event on. What fired on a flow stays said; correlations that match what they did go on
     * counting, and so do thresholds.
     */
    public void adopt(RuleSet next) {
        Map<String, Rule> byName = new HashMap<>();
        Set<Threshold> thresholds = new HashSet<>();
        for (Rule rule : next.rules()) {
            byName.put(rule.name(), rule);
            thresholds.addAll(next.thresholdsOf(rule));
        }
        fired.values().forEach(rules -> rules.replaceAll(rule -> byName.getOrDefault(rule.name(), rule)));
        Map<String, Groups> before = new HashMap<>();
        correlations.forEach(groups -> before.put(groups.rule().name(), groups));
        List<Groups> after = new ArrayList<>();
        for (CorrelationRule correlation : next.correlations()) {
            String name = correlation.rule().name();
            boolean same = before.containsKey(name) && next.countsAsIn(rules, name);
            after.add(same ? new Groups(correlation, before.get(name)) : new Groups(correlation, limits));
        }
        correlations = after;
        limiter.keepOnly(thresholds);
        rules = next;
        matcher = new RuleMatcher(next);
    }

    /**
     * Alerts of this event: of the rules that it matches, in their order, then of the correlations that it completes, each behind those
     * that it is about. The list is valid until the next call.
     */
    public List<Alert> judge(Event event) {
        alerts.clear();
        List<Rule> matching = matcher.match(event);
        for (int i = 0; i < matching.size(); i++) {
            fire(matching.get(i), event);
        }
        if (!matched.isEmpty()) {
            correlate(event);
            matched.clear();
        }
        return alerts;
    }

    private void correlate(Event event) {
        for (int i = 0; i < correlations.size(); i++) {
            Groups groups = correlations.get(i);
            groups.take(matched, event, completed);
            for (int j = 0; j < completed.size(); j++) {
                fire(groups.rule(), completed.get(j));
            }
            completed.clear();
        }
    }

    private void fire(Rule rule, Event event) {
        boolean passed = isPassed(event.flow());
        if (!passed && rules.isCorrelated(rule)) {
            matched.add(rule);
        }
        if (!rules.raisesAlerts(rule) || passed && rule.action() == Rule.Action.PASS) {
            return;
        }
        if (passed) {
            withhold(rule, Withheld.PASSED);
        } else if (isSuppressed(rule, event.flow())) {
            withhold(rule, Withheld.SUPPRESSED);
        } else if (isFirstOrRepeated(rule, event.flow()) && rule.action() != Rule.Action.PASS) {
            if (limiter.lets(rules.thresholdsOf(rule), rule, event)) {
                alerts.add(new Alert(rule, event));
            } else {
                withhold(rule, Withheld.LIMITED);
            }
        }
    }

    private void withhold(Rule rule, Withheld reason) {
        withheld.get(reason).merge(rule.name(), 1L, Long::sum);
    }

    private boolean isPassed(Conversation flow) {
        List<Rule> before = fired.getOrDefault(flow, List.of());
        for (int i = 0; i < before.size(); i++) {
            if (before.get(i).action() == Rule.Action.PASS) {
                return true;
            }
        }
        return false;
    }

    private boolean isSuppressed(Rule rule, Conversation flow) {
        for (Suppression suppression : rules.suppressionsOf(rule)) {
            if (suppression.covers(flow)) {
                return true;
            }
        }
        return false;
    }

    private boolean isFirstOrRepeated(Rule rule, Conversation flow) {
        List<Rule> before = fired.computeIfAbsent(flow, first -> new ArrayList<>(2));
        if (before.contains(rule)) {
            return rule.oncePer() == Rule.OncePer.EVENT;
        }
        before.add(rule);
        return true;
    }

    /** Writes the verdict on the event that ends a flow, and forgets the flow. */
    public void conclude(Event ended) {
        List<Rule> rules = fired.remove(ended.flow());
        if (rules == null) {
            ended.set(FlowEvents.VERDICT_ACTION, key(Rule.Action.PASS));
            return;
        }
        Rule.Action winning = Rule.Action.ALERT;
        List<String> names = new ArrayList<>(rules.size());
        for (Rule rule : rules) {
            names.add(rule.name());
            winning = rule.action().compareTo(winning) < 0 ? rule.action() : winning;
        }
        if (rules.get(0).action() != Rule.Action.PASS) {
            ended.set(FlowEvents.ALERTED, true);
        }
        ended.set(FlowEvents.VERDICT_ACTION, key(winning));
        ended.set(FlowEvents.VERDICT_RULES, names);
    }

    private static String key(Rule.Action action) {
        Rule.Action said = action == Rule.Action.REJECT ? Rule.Action.DROP : action;
        return said.name().toLowerCase(Locale.ROOT);
    }

    /** How many alerts were not raised, by the rule and by why. */
    public Map<Withheld, Map<String, Long>> withheld() {
        return withheld;
    }
}
