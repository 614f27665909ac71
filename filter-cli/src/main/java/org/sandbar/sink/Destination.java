package org.sandbar.sink;

import java.io.IOException;
import java.util.List;

/** Takes lines out of the program. One thread sends; any may close, which ends what is being sent. */
interface Destination {
    /**
     * Sends these, connecting first where that is needed, and returns when as much is known of their arrival as this kind of
     * destination can tell. Where it throws they count as not sent, and come again.
     *
     * @return how many of them are longer than it can carry, and were left out for good
     */
    int send(List<Line> lines) throws IOException;

    /** How much is best sent at once. */
    Batch batch();

    /**
     * A bound for what is sent at once.
     *
     * @param bytes of lines, about
     * @param lingerNs how long a batch that is smaller waits for more
     */
    record Batch(int bytes, long lingerNs) {}

    /** Whether the end of a run waits for one that has failed, since it may come back soon. */
    default boolean isWaitedFor() {
        return true;
    }

    /** Nothing more will be sent. */
    void close();
}
