package org.sandbar.verdict;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sandbar.event.Event;
import org.sandbar.event.FlowEvents;
import org.sandbar.flow.Conversation;
import org.sandbar.rule.Rule;
import org.sandbar.rule.RuleSet;

/**
 * Runs the rules over events and keeps, for each flow on which one fired, which did and the strongest action. Keyed by the flow, kept
 * while it lasts; a flow on which nothing fired costs nothing. One thread.
 */
public final class Verdicts {
    private final Map<Conversation, List<Rule>> fired = new HashMap<>();
    private final List<Alert> alerts = new ArrayList<>();
    private RuleSet rules;

    public Verdicts(RuleSet rules) {
        this.rules = rules;
    }

    /** Alerts of this event, in the order of the rules. The list is valid until the next call. */
    public List<Alert> judge(Event event) {
        alerts.clear();
        for (Rule rule : rules.rulesFor(event.kind())) {
            if (rule.matches(event) && isFirstOrRepeated(rule, event.flow())) {
                alerts.add(new Alert(rule, event));
            }
        }
        return alerts;
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
