package org.sandbar.verdict;

import org.sandbar.event.Event;
import org.sandbar.rule.Rule;

/**
 * A rule fired on an event. The event is as it was then, with its flow's trust on it; for a correlation it is a copy of the one that
 * completed it, with what was correlated.
 */
public record Alert(Rule rule, Event event) {}
