package org.sandbar.verdict;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sandbar.bytes.Limits;
import org.sandbar.event.Event;
import org.sandbar.event.FlowEvents;
import org.sandbar.flow.Conversation;
import org.sandbar.rule.CorrelationRule;
import org.sandbar.rule.Rule;
import org.sandbar.rule.RuleMatcher;
import org.sandbar.rule.RuleSet;

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
    private final List<Groups> correlations = new ArrayList<>();
    private final RuleSet rules;
    private final RuleMatcher matcher;

    public Verdicts(RuleSet rules, Limits limits) {
        this.rules = rules;
        matcher = new RuleMatcher(rules);
        for (CorrelationRule correlation : rules.correlations()) {
            correlations.add(new Groups(correlation, limits));
        }
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
        if (rules.isCorrelated(rule)) {
            matched.add(rule);
        }
        if (rules.raisesAlerts(rule) && isFirstOrRepeated(rule, event.flow())) {
            alerts.add(new Alert(rule, event));
        }
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
        Rule.Action strongest = Rule.Action.PASS;
        List<String> names = new ArrayList<>(rules.size());
        for (Rule rule : rules) {
            names.add(rule.name());
            strongest = rule.action().compareTo(strongest) > 0 ? rule.action() : strongest;
        }
        ended.set(FlowEvents.ALERTED, true);
        ended.set(FlowEvents.VERDICT_ACTION, key(strongest));
        ended.set(FlowEvents.VERDICT_RULES, names);
    }

    private static String key(Rule.Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }
}
