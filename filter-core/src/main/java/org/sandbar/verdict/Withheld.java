package org.sandbar.verdict;

/** Why an alert was not raised although a rule matched. The order is that in which it is looked for. */
public enum Withheld {
    /** A pass rule fired on the flow before. */
    PASSED,
    /** A suppression covers the flow's hosts. */
    SUPPRESSED,
    /** There were enough of them, or not enough yet. */
    LIMITED
}
