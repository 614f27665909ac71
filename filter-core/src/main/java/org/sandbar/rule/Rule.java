package org.sandbar.rule;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.sandbar.event.Event;
import org.sandbar.event.EventKind;

/**
 * A rule as its file states it, compiled: what it is called, what it means, and what must hold of an event of each kind that it looks
 * at, which is nothing for a {@link CorrelationRule}. {@code name} is the slug that users know it by, {@code sid} the number that
 * EVE's consumers do. Immutable, any thread.
 */
public record Rule(
        String name,
        String title,
        UUID id,
        Status status,
        Level level,
        String description,
        List<String> tags,
        List<String> falsepositives,
        List<String> references,
        int sid,
        int rev,
        Action action,
        OncePer oncePer,
        Map<EventKind, Condition> conditions) {

    /** Sigma's, from ready to useless. */
    public enum Status {
        STABLE,
        TEST,
        EXPERIMENTAL,
        DEPRECATED,
        UNSUPPORTED
    }

    /** Sigma's; each with the severity that EVE's consumers sort by, 1 the worst. */
    public enum Level {
        INFORMATIONAL(3),
        LOW(3),
        MEDIUM(2),
        HIGH(1),
        CRITICAL(1);

        private final int severity;

        Level(int severity) {
            this.severity = severity;
        }

        public int severity() {
            return severity;
        }
    }

    /**
     * What a rule that fired asks for. Of several on a flow the first in this order wins, as with Suricata. Where packets are not held up
     * for a verdict, a drop is only said.
     */
    public enum Action {
        /** Nothing: it raises no alert, and from then on no other rule does on this flow. */
        PASS,
        /** That the packets vanish; and an alert. */
        DROP,
        /** That they vanish, and their sender is told (TCP reset, ICMP unreachable); and an alert. The verdict calls it a drop. */
        REJECT,
        ALERT
    }

    /** How often a rule fires: for each event that matches, or for the first one of a flow. */
    public enum OncePer {
        EVENT,
        FLOW
    }

    /** The same rule, taken more or less seriously. */
    Rule with(Level otherLevel, Action otherAction) {
        return new Rule(
                name,
                title,
                id,
                status,
                otherLevel,
                description,
                tags,
                falsepositives,
                references,
                sid,
                rev,
                otherAction,
                oncePer,
                conditions);
    }

    /** Whether the rule fires on this event; false for an event of a kind that it does not look at. */
    public boolean matches(Event event) {
        Condition condition = conditions.get(event.kind());
        return condition != null && condition.matches(event);
    }

    /** The same rule with other conditions. */
    Rule with(Map<EventKind, Condition> conditions) {
        return new Rule(
                name,
                title,
                id,
                status,
                level,
                description,
                tags,
                falsepositives,
                references,
                sid,
                rev,
                action,
                oncePer,
                Collections.unmodifiableMap(conditions));
    }

    /** The kinds of events that it looks at. */
    public Set<EventKind> kinds() {
        return conditions.keySet();
    }

    /** As an object: no two rules of a run have the same name, and to compare all that they say would take long. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
