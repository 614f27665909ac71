package org.sandbar.output;

import java.util.List;
import java.util.Map;
import org.sandbar.trust.HostActivity;

/**
 * The state of a run at a packet's time: counters as EVE's {@code stats} names them, Sandbar's own, and what each client was taken
 * for. Counters are numbers, or maps of counters by name. Immutable.
 */
public record Statistics(long timeNs, Map<String, ?> counters, Map<String, ?> own, List<HostActivity> hosts) {}
