package org.sandbar.alg;

import org.sandbar.flow.Direction;
import org.sandbar.wire.Packet;

/**
 * One gateway's look into one flow. It is shown each packet of the flow that has payload, once the flow was answered, as it came: early,
 * repeated, forged. Never throws for what is in it, and allocates nothing for a packet that opens nothing. One thread.
 */
public interface Inspection {
    /** A packet; its bytes are the caller's and valid during the call alone. */
    void see(Direction direction, Packet packet);

    /** A packet without payload, as which an acknowledgement comes. */
    default void seeEmpty(Direction direction) {}
}
