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

    /**
     * A segment as it came, before it is put in order and whether or not its bytes are new: what a filter that looks at packets one by
     * one sees. Its first byte stands at {@code position} in the direction's stream; see {@link Output#position}. Called for TCP, once
     * the flow was recognised.
     */
    default void onSegment(Direction direction, byte[] buffer, int offset, int length, long position) {}

    /**
     * The byte at this place of the stream was sent as urgent: a receiver takes it out of the stream unless it asked for it in line (RFC
     * 6093 section 3.2). Called before the byte comes by.
     */
    default void onUrgent(Direction direction, long position) {}

    /** Whether the server has nothing to say, behind what is skipped of it, before the client speaks again: all that was asked is answered. */
    default boolean isAnswered() {
        return false;
    }

    /** So many bytes are missing at this place. What was not consumed before is gone. Resynchronise, or {@link Output#abandon}. */
    void onGap(Direction direction, long missing);

    /**
     * No more bytes will come from this direction; what was not consumed is gone. Called once for each direction, at the latest when the
     * flow ends.
     */
    void onEnd(Direction direction);
}
