package org.sandbar.verdict;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.event.Event;
import org.sandbar.flow.Conversation;
import org.sandbar.protocol.ExpiringMap;
import org.sandbar.rule.Rule;
import org.sandbar.rule.Threshold;

/**
 * Counts alerts for thresholds, by rule and by what each tracks. What it has counted is kept while a threshold is, for the span that the
 * first alert began; where time steps back by more (another capture) it begins anew. One thread.
 */
final class Limiter {
    /** {@code tracked} is an address, a set of two, the number of a flow, or nothing. */
    private record Key(String rule, Object tracked) {}

    private static final class Tally {
        final long sinceNs;
        int count;

        Tally(long sinceNs) {
            this.sinceNs = sinceNs;
        }
    }

    private final int mostKeys;
    private final Map<Threshold, ExpiringMap<Key, Tally>> tallies = new HashMap<>();

    Limiter(Limits limits) {
        mostKeys = limits.of(Bound.THRESHOLD_KEYS);
    }

    /** Whether the alert is one to raise, as far as these thresholds go; each counts what those before it let through. */
    boolean lets(List<Threshold> thresholds, Rule rule, Event event) {
        for (int i = 0; i < thresholds.size(); i++) {
            if (!lets(thresholds.get(i), rule, event)) {
                return false;
            }
        }
        return true;
    }

    private boolean lets(Threshold threshold, Rule rule, Event event) {
        Key key = new Key(rule.name(), tracked(threshold.track(), event.flow()));
        ExpiringMap<Key, Tally> known =
                tallies.computeIfAbsent(threshold, first -> new ExpiringMap<>(mostKeys, threshold.spanNs()));
        long nowNs = event.timeNs();
        Tally tally = known.get(key, nowNs);
        if (tally == null || tally.sinceNs - nowNs > threshold.spanNs()) {
            tally = new Tally(nowNs);
            known.put(key, tally, nowNs);
        }
        tally.count++;
        return switch (threshold.type()) {
            case LIMIT -> tally.count <= threshold.count();
            case BOTH -> tally.count == threshold.count();
            case THRESHOLD -> tally.count % threshold.count() == 0;
        };
    }

    private static Object tracked(Threshold.Track track, Conversation flow) {
        return switch (track) {
            case SOURCE -> flow.client();
            case DESTINATION -> flow.server();
            // One host may talk to itself.
            case BOTH -> flow.client().equals(flow.server()) ? flow.client() : Set.of(flow.client(), flow.server());
            case FLOW -> flow.flowId();
            case RULE -> "";
        };
    }

    /** Forgets what thresholds counted that are not among these. */
    void keepOnly(Set<Threshold> thresholds) {
        tallies.keySet().retainAll(thresholds);
    }
}
