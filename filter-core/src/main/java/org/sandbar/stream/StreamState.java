package org.sandbar.stream;

/** How far one direction of a TCP flow was read. Owned by its flow and touched by {@link Reassembler} alone. */
public final class StreamState {
    boolean started;
    /** Sequence number of the next byte to hand on. */
    int next;
    /** Bytes that the handler said to pass over; {@link StreamHandler#SKIP_ALL}: the direction is no longer read. */
    long skip;

    boolean finSeen;
    int finAt;
    boolean ended;
    boolean gapped;

    /** Highest acknowledgement and window edge that the other side sent for this direction. */
    boolean acknowledged;

    int acknowledgedTo;
    int windowEnd;
    /** Window scale that the other side announced, or -1 where its SYN was not seen. */
    int peerWindowScale = -1;

    HeldSegment held;
    int heldCount;
    int heldBytes;

    byte[] unfinished;
    int unfinishedLength;

    /** The last bytes that the handler read, to compare repeated ones with: they end at {@link #next} while nothing was skipped. */
    byte[] recent;

    int recentLength;

    /** For a new flow from the pool. Buffers have been released before. */
    public void reset() {
        started = false;
        next = 0;
        skip = 0;
        finSeen = false;
        finAt = 0;
        ended = false;
        gapped = false;
        acknowledged = false;
        acknowledgedTo = 0;
        windowEnd = 0;
        peerWindowScale = -1;
    }

    /** Whether bytes went missing that somebody wanted. */
    public boolean isGapped() {
        return gapped;
    }

    /** Whether the closing FIN was reached. */
    public boolean isEnded() {
        return ended;
    }

    /** Whether a FIN was seen, reached or not. */
    public boolean isFinSeen() {
        return finSeen;
    }

    /** Whether the other side has acknowledged the FIN: nothing new can come. */
    public boolean isFinAcknowledged() {
        return finSeen && acknowledged && acknowledgedTo - finAt > 0;
    }

    /** Whether nothing more of this direction is wanted. */
    public boolean isUnwanted() {
        return skip == StreamHandler.SKIP_ALL;
    }

    /** Nothing more of this direction is wanted. */
    public void unwant() {
        skip = StreamHandler.SKIP_ALL;
    }
}
