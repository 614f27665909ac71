package org.sandbar.protocol;

/** What a protocol says to the first bytes of a direction. */
public enum Probe {
    /** These bytes are its own. */
    MATCH,
    /** Its own, but the sender is the other side: only a flow that was joined in mid-stream can be mistaken so. */
    MATCH_REVERSED,
    /** They may be; the same bytes are offered again with more behind them, or the other direction decides. */
    NEED_MORE,
    /** They are not. */
    NO_MATCH
}
