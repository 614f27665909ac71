package org.sandbar.bench.mix;

import java.io.IOException;

/** A conversation that is under way, a packet at a time. */
interface Talk {
    /**
     * Writes its next packet, or the next few that belong together.
     *
     * @return false where it is over, and nothing was written
     */
    boolean step(CaptureWriter out) throws IOException;
}
