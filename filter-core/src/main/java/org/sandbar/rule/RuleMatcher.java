package org.sandbar.rule;

import java.util.ArrayList;
import java.util.List;
import org.sandbar.event.Event;

/** Asks a set's rules of events. It keeps what it works in, so that an event costs no memory. One thread. */
public final class RuleMatcher {
    private final RuleSet set;
    private final long[] found;
    private final List<Rule> matching = new ArrayList<>();

    public RuleMatcher(RuleSet set) {
        this.set = set;
        found = new long[set.words()];
    }

    /** The rules that match the event, in the order of their {@code sid}. The list is valid until the next call. */
    public List<Rule> match(Event event) {
        matching.clear();
        RuleIndex index = set.index(event.kind());
        if (index != null) {
            index.match(event, found, matching);
        }
        return matching;
    }
}
