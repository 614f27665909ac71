package org.sandbar.rule;

/**
 * How many alerts of a rule are worth reading, as Suricata and Snort have it: of what is tracked together, within a time that the first
 * of them begins. It holds alerts back, not the rule: that fires and counts in the flow's verdict. Immutable, any thread.
 *
 * @param spanNs of packet time; the last nanosecond counts
 */
public record Threshold(Type type, Track track, int count, long spanNs) {
    /** Which of the alerts are raised. */
    public enum Type {
        /** The first ones, as many as {@code count}. */
        LIMIT,
        /** Each one with which {@code count} are complete. */
        THRESHOLD,
        /** The one with which {@code count} are complete, and none after it. */
        BOTH
    }

    /** What is counted together, beside the rule. */
    public enum Track {
        SOURCE,
        DESTINATION,
        /** Both hosts, whichever of them opened the flow. */
        BOTH,
        /** All that the rule fires on. */
        RULE,
        FLOW
    }
}
