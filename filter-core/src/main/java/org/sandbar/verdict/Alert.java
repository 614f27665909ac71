package org.sandbar.verdict;

import org.sandbar.event.Event;
import org.sandbar.rule.Rule;

/**
 * A rule fired on an event. The event is as it was then, with its flow's trust on it; for a correlation it is a copy of the one that
 * completed it, with what was correlated.
 *
 * @param blocked whether guard lets no more of the flow pass, for this rule or another, or by its policy
 */
public record Alert(Rule rule, Event event, boolean blocked) {
    /** Of a flow that goes on. */
    public Alert(Rule rule, Event event) {
        this(rule, event, false);
    }

    /** The same of a flow that is stopped. */
    public Alert ofBlocked() {
        return new Alert(rule, event, true);
    }
}
