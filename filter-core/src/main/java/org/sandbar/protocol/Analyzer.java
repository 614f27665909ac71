package org.sandbar.protocol;

import org.sandbar.flow.Direction;

/**
 * Parses one flow of one protocol: contiguous bytes, gaps and ends come in, events go out by {@link Output}. Never throws for bytes
 * off the wire, allocates nothing for a segment that tells no event, runs on one thread. The bytes are the caller's and valid during the
 * call alone.
 */
public interface Analyzer {
    /** To be returned by {@link #onData}: nothing more of this direction is wanted. */
    long SKIP_ALL = Long.MAX_VALUE;

    /**
     * New bytes of a direction, in order.
     *
     * @return how many were consumed. Less than {@code length}: the rest is offered again, with more behind it. More than {@code
     *     length}: so many are skipped uncopied as they come, missing ones among them, without a call. For UDP a call is a datagram,
     *     and what is not consumed is gone.
     */
    long onData(Direction direction, byte[] buffer, int offset, int length);

    /** So many bytes are missing at this place. What was not consumed before is gone. Resynchronise, or {@link Output#abandon}. */
    void onGap(Direction direction, long missing);

    /** No more bytes will come from this direction; what was not consumed is gone. Called once for each direction, at the latest when the flow ends. */
    void onEnd(Direction direction);
}
