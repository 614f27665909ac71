package org.sandbar.stream;

import org.sandbar.flow.Direction;

/** Takes the bytes of one flow's two directions in order. The bytes are valid during the call alone. */
public interface StreamHandler {
    /** To be returned by {@link #onData}: nothing more of this direction is wanted. */
    long SKIP_ALL = Long.MAX_VALUE;

    /** Bytes in order; returns how many were consumed: fewer come again with more behind them, more are skipped as they come. */
    long onData(Direction direction, byte[] buffer, int offset, int length);

    /** So many bytes are missing here; what was not consumed before is gone. */
    void onGap(Direction direction, long missing);

    /** The direction was closed by a FIN, and all bytes before it were handed on. */
    void onEnd(Direction direction);

    /** A segment repeated bytes with other content than those first seen. */
    void onOverlap(Direction direction);
}
