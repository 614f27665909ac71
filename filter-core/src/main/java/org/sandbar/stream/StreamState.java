package org.sandbar.stream;

/** How far one direction of a TCP flow was read. Owned by its flow and touched by {@link Reassembler} alone. */
public final class StreamState {
    boolean started;
    /** Sequence number of the next byte to hand on. */
    int next;
    /** How many bytes stand before it in the stream: those since the SYN, or since the first that was seen. */
    long position;
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
        position = 0;
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

    /** The stream begins with this number. */
    void start(int sequence) {
        started = true;
        next = sequence;
    }

    void advance(int bytes) {
        next += bytes;
        position += bytes;
    }

    /**
     * Where in the stream the byte of this number stands: 0 is the first behind the SYN, or the first that was seen. It is reckoned
     * from the nearest, so it is right also behind four gibibytes, and negative for what stood before.
     */
    public long positionOf(int sequence) {
        return started ? position + (sequence - next) : 0;
    }

    /** Where in the stream the next byte to be handed on stands. */
    public long position() {
        return position;
    }

    /**
     * How many bytes the stream has had by now, by the numbers of its FIN or of what the other side acknowledged: right whatever of it
     * was captured.
     */
    public long length() {
        if (finSeen) {
            return Math.max(position, position + (finAt - next));
        }
        int unseen = acknowledged ? acknowledgedTo - next : 0;
        // One number alone may be that of a FIN which was not captured.
        return unseen > 1 ? position + unseen : position;
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

    /** Whether all that the sender may send by now, for the receiver lets it send no further, is passed over: nobody needs to see it. */
    public boolean mayGoUnseen() {
        boolean bounded = acknowledged && peerWindowScale >= 0 && held == null;
        return isUnwanted() || skip > 0 && bounded && windowEnd - next <= skip;
    }

    /** Whether all that came was read, and nothing is waited for. */
    public boolean isDrained() {
        return unfinished == null && held == null;
    }

    /** Nothing more of this direction is wanted. */
    public void unwant() {
        skip = StreamHandler.SKIP_ALL;
    }

    /** Nothing more of this direction can be read, because bytes that were wanted are not there. */
    public void lose() {
        gapped = true;
        unwant();
    }
}
