package org.sandbar.verdict;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.event.Common;
import org.sandbar.event.Event;
import org.sandbar.protocol.ExpiringMap;
import org.sandbar.rule.CorrelationRule;
import org.sandbar.rule.CorrelationRule.Part;
import org.sandbar.rule.CorrelationRule.Type;
import org.sandbar.rule.Rule;
import org.sandbar.rule.Values;

/**
 * What one correlation has seen, by the values that it groups by. An event completes it where its condition holds of the window that
 * ends with the event, and did not hold of that window without it. So it fires with the event that makes the condition true and not
 * with those that follow while it stays true, and fires again once enough has left the window and another event makes it true anew;
 * of an empty window no condition holds. Events exactly the timespan apart are in one window. An event that lacks a value to group by
 * or to count is passed over. One thread.
 */
final class Groups {
    private final CorrelationRule correlation;
    private final ExpiringMap<Values, Window> windows;
    private final int most;

    /** Goes on with what the same correlation has seen so far. */
    Groups(CorrelationRule correlation, Groups before) {
        this.correlation = correlation;
        windows = before.windows;
        most = before.most;
    }

    Groups(CorrelationRule correlation, Limits limits) {
        this.correlation = correlation;
        most = limits.of(Bound.CORRELATION_COUNT);
        // Twice: the last event of a group may have come late, as much as the timespan behind what is in its window.
        windows = new ExpiringMap<>(limits.of(Bound.CORRELATION_GROUPS), 2 * correlation.timespanNs());
    }

    Rule rule() {
        return correlation.rule();
    }

    /** Takes an event in that these rules match. For each group that it completes, a copy of it that says so is added. */
    void take(List<Rule> matched, Event event, List<Event> completed) {
        List<Part> parts = correlation.parts();
        // From the last on, so that one event does not follow itself.
        for (int i = parts.size() - 1; i >= 0; i--) {
            if (has(matched, parts.get(i).rule())) {
                take(i, parts.get(i), event, completed);
                if (!correlation.type().isTemporal()) {
                    return;
                }
            }
        }
    }

    private static boolean has(List<Rule> matched, Rule rule) {
        for (int i = 0; i < matched.size(); i++) {
            if (matched.get(i) == rule) {
                return true;
            }
        }
        return false;
    }

    private void take(int index, Part part, Event event, List<Event> completed) {
        Values group = part.group(event);
        Object value = correlation.type() == Type.TEMPORAL ? (Object) index : part.counted(event);
        if (group == null || value == null) {
            return;
        }
        long nowNs = event.timeNs();
        Window window = windows.get(group, nowNs);
        if (window == null) {
            window = window();
        }
        window.slideTo(nowNs);
        boolean held = holds(window);
        window.add(index, value, nowNs, event.ordinal());
        windows.put(group, window, nowNs);
        if (!held && holds(window)) {
            completed.add(explained(event, group, window));
        }
    }

    private boolean holds(Window window) {
        return window.count() > 0 && correlation.holds(window.measure());
    }

    private Window window() {
        long timespanNs = correlation.timespanNs();
        if (correlation.type().isMetric()) {
            return new Measures(correlation, most);
        }
        return correlation.type() == Type.TEMPORAL_ORDERED
                ? new Sequence(timespanNs, correlation.parts().size())
                : new Occurrences(timespanNs, correlation.type() != Type.EVENT_COUNT, correlation.most());
    }

    private Event explained(Event event, Values group, Window window) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < group.size(); i++) {
            values.put(correlation.groupBy().get(i), group.get(i));
        }
        return event.copy()
                .set(Common.CORRELATION_TYPE, correlation.type().written())
                .set(Common.CORRELATION_COUNT, window.count())
                .set(Common.CORRELATION_VALUE, correlation.type().isMetric() ? (Object) window.measure() : null)
                .set(Common.CORRELATION_GROUP, group.size() == 0 ? null : List.of(values))
                .set(Common.CORRELATION_FIRST_PACKET, window.firstOrdinal())
                .set(Common.CORRELATION_SINCE, window.firstNs());
    }
}
