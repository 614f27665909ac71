package org.sandbar.sink;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How one destination stands, in events. Immutable.
 *
 * @param queued taken for it
 * @param sent known, as far as the destination can tell, to have arrived
 * @param spilled of those, how many went over disk
 * @param dropped lost for want of room, or longer than it carries
 * @param waiting in memory and on disk now, those of an earlier run among them
 * @param up whether the last attempt went well
 */
public record DeliveryCounts(long queued, long sent, long spilled, long dropped, long waiting, boolean up) {
    /** Those that add up over a run, by name. */
    public Map<String, Long> byName() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("queued", queued);
        counts.put("sent", sent);
        counts.put("spilled", spilled);
        counts.put("dropped", dropped);
        counts.put("waiting", waiting);
        return counts;
    }

    /** Whether all has arrived. */
    public boolean isComplete() {
        return dropped == 0 && waiting == 0;
    }
}
