package org.sandbar.protocol;

import java.util.List;
import org.sandbar.event.Event;

/**
 * What a protocol knows across flows: sees every event of stage 1 in packet order, adds facts to it, and may tell further events,
 * which then come before it. Its state names its key, and is bounded and expired by it. Stage 2, one thread.
 */
public interface Correlation {
    void see(Event event, List<Event> told);
}
