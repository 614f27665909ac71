package org.sandbar.verdict;

import org.sandbar.rule.Rule;

/** What becomes of a packet that waits to be decided; the later of two is the stronger. */
public enum Answer {
    ACCEPT,
    /** It goes no further, and nobody is told. */
    DROP,
    /** It goes no further, and both ends are told. */
    REJECT;

    /** What a rule's action asks for, where it fired. */
    public static Answer of(Rule.Action action) {
        return switch (action) {
            case DROP -> DROP;
            case REJECT -> REJECT;
            default -> ACCEPT;
        };
    }
}
