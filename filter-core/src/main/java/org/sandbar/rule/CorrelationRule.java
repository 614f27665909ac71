package org.sandbar.rule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sandbar.event.Event;
import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.rule.Condition.Relation;

/**
 * A correlation of Sigma 2.1: a rule about the events that other rules match, {@code parts}, in a sliding window of packet time, for
 * each group of events by itself. {@code rule} is what it is called and what it means, and has no conditions of its own. Here is only
 * what its document says; what it has seen is kept elsewhere. Immutable, any thread.
 *
 * @param thresholds what the count is compared with; all must hold
 * @param percentile of a percentile or a median, else 0
 * @param generate whether its parts raise alerts of their own as well
 */
public record CorrelationRule(
        Rule rule,
        Type type,
        List<Part> parts,
        List<String> groupBy,
        long timespanNs,
        List<Threshold> thresholds,
        int percentile,
        boolean generate) {

    /** What is counted. */
    public enum Type {
        /** Events. One that several parts match is one event. */
        EVENT_COUNT,
        /** Distinct values of a field, or distinct tuples of several. */
        VALUE_COUNT,
        /** Distinct parts. */
        TEMPORAL,
        /** The parts that came one behind the other, from the first on, each with an event of its own. */
        TEMPORAL_ORDERED,
        /** The values of a field, added up. */
        VALUE_SUM,
        /** Their mean. */
        VALUE_AVG,
        /** The least of them that so many percent do not exceed. */
        VALUE_PERCENTILE,
        /** The same of half of them. */
        VALUE_MEDIAN;

        /** Whether the values themselves are computed with, as against counted. */
        public boolean isMetric() {
            return compareTo(VALUE_SUM) >= 0;
        }

        public boolean isTemporal() {
            return this == TEMPORAL || this == TEMPORAL_ORDERED;
        }

        /** As Sigma writes it. */
        public String written() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One comparison of the count, or of what was computed. */
    record Threshold(Relation relation, double operand) {}

    /** The fields to group by and those to count, in one kind of event. */
    record Columns(List<Field> group, List<Field> counted) {}

    /** One of the rules that are correlated, which may be a correlation too, with the columns of each kind that it matches. */
    public record Part(Rule rule, Map<EventKind, Columns> columns) {
        /** The values that tell the event's group, or null where one of them is not known: such an event is in no group. */
        public Values group(Event event) {
            return Values.of(event, columns.get(event.kind()).group);
        }

        /** The values that are counted, or null where one of them is not known. */
        public Values counted(Event event) {
            return Values.of(event, columns.get(event.kind()).counted);
        }
    }

    /** The same, but its parts raise alerts of their own. */
    CorrelationRule generating() {
        return new CorrelationRule(rule, type, parts, groupBy, timespanNs, thresholds, percentile, true);
    }

    /** The kinds of the events that can complete it. */
    Set<EventKind> kinds() {
        Set<EventKind> kinds = new HashSet<>();
        parts.forEach(part -> kinds.addAll(part.columns.keySet()));
        return kinds;
    }

    /** What is counted, and how many there have to be. */
    public String inWords() {
        List<String> wanted = new ArrayList<>();
        for (Threshold threshold : thresholds) {
            double operand = threshold.operand;
            boolean whole = operand == Math.rint(operand);
            wanted.add(ConditionText.relation(threshold.relation)
                    + (whole ? Long.toString((long) operand) : Double.toString(operand)));
        }
        Set<String> counted = new LinkedHashSet<>();
        for (Part part : parts) {
            part.columns.values().forEach(columns -> columns.counted.forEach(field -> counted.add(field.path())));
        }
        String what =
                switch (type) {
                    case EVENT_COUNT -> "the number of events is ";
                    case VALUE_COUNT -> "the number of different values of " + String.join(" and ", counted) + " is ";
                    case VALUE_SUM -> "the sum of " + String.join(" and ", counted) + " is ";
                    case VALUE_AVG -> "the average of " + String.join(" and ", counted) + " is ";
                    case VALUE_MEDIAN -> "the median of " + String.join(" and ", counted) + " is ";
                    case VALUE_PERCENTILE ->
                        "the percentile " + percentile + " of " + String.join(" and ", counted) + " is ";
                    case TEMPORAL -> "the number of its rules that have matched is ";
                    case TEMPORAL_ORDERED -> "the number of its rules that have matched one behind the other is ";
                };
        return what + String.join(" and ", wanted);
    }

    /** Whether the condition holds of so many, or so much. */
    public boolean holds(double measure) {
        boolean holds = true;
        for (int i = 0; holds && i < thresholds.size(); i++) {
            Threshold threshold = thresholds.get(i);
            holds = threshold.relation.holds(Double.compare(measure, threshold.operand));
        }
        return holds;
    }

    /** As far as need be counted: what is beyond decides no comparison any more. */
    public int most() {
        if (type.isTemporal()) {
            return parts.size();
        }
        double most = 0;
        for (Threshold threshold : thresholds) {
            most = Math.max(most, threshold.operand);
        }
        return (int) most + 1;
    }

    /** Whether there is a count, or a value, of which the condition holds. */
    boolean canHold() {
        if (type.isMetric()) {
            return thresholds.stream()
                    .map(Threshold::operand)
                    .anyMatch(at -> holds(at) || holds(Math.nextUp(at)) || holds(Math.nextDown(at)));
        }
        for (int count = 1; count <= most(); count++) {
            if (holds(count)) {
                return true;
            }
        }
        return false;
    }
}
