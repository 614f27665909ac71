package org.sandbar.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sandbar.event.Event;
import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.wire.Network;

/**
 * The rules that look at one kind of event, found by the {@link Key} of each: a field is looked at once for all rules, and only those
 * that have what they need there are asked. Rules without a key are asked of every event. Immutable, any thread.
 */
final class RuleIndex {
    /** Finds rules by one field of the event: sets their bits. */
    interface Part {
        void find(Event event, long[] found);
    }

    /** A fact that leads to a rule, by its number. */
    record Entry(Key.Fact fact, int rule) {}

    private final Rule[] rules;
    private final Condition[] conditions;
    private final long[] keyless;
    private final Part[] parts;

    RuleIndex(EventKind kind, Rule[] rules) {
        this.rules = rules;
        conditions = new Condition[rules.length];
        keyless = new long[(rules.length + 63) / 64];
        Map<Field, List<Entry>> entries = new LinkedHashMap<>();
        for (int i = 0; i < rules.length; i++) {
            conditions[i] = rules[i].conditions().get(kind);
            Key key = Key.of(conditions[i]);
            if (key == null) {
                mark(keyless, i);
            } else {
                for (Key.Fact fact : key.facts()) {
                    entries.computeIfAbsent(fact.field(), none -> new ArrayList<>())
                            .add(new Entry(fact, i));
                }
            }
        }
        parts = new Part[entries.size()];
        int filled = 0;
        for (Map.Entry<Field, List<Entry>> field : entries.entrySet()) {
            parts[filled++] = part(field.getKey(), field.getValue());
        }
    }

    /** All facts of a field are of its type. */
    private static Part part(Field field, List<Entry> entries) {
        Object value = entries.get(0).fact().value();
        if (value instanceof String) {
            return new TextIndex(field, entries);
        }
        return value instanceof Network ? new AddressIndex(field, entries) : new Values(field, entries);
    }

    /** How many words of bits {@link #match} needs. */
    int words() {
        return keyless.length;
    }

    /** Adds those that match, in their order; {@code found} is what it works in. */
    void match(Event event, long[] found, List<Rule> matching) {
        System.arraycopy(keyless, 0, found, 0, keyless.length);
        for (Part part : parts) {
            part.find(event, found);
        }
        for (int word = 0; word < keyless.length; word++) {
            for (long bits = found[word]; bits != 0; bits &= bits - 1) {
                int rule = word * 64 + Long.numberOfTrailingZeros(bits);
                if (conditions[rule].matches(event)) {
                    matching.add(rules[rule]);
                }
            }
        }
    }

    static void mark(long[] found, int rule) {
        found[rule >> 6] |= 1L << rule;
    }

    /** Takes null for none. */
    static void mark(long[] found, int[] rules) {
        for (int i = 0; rules != null && i < rules.length; i++) {
            mark(found, rules[i]);
        }
    }

    static int[] with(int[] rules, int rule) {
        int[] more = rules == null ? new int[1] : Arrays.copyOf(rules, rules.length + 1);
        more[more.length - 1] = rule;
        return more;
    }

    /** Numbers and flags, a flag as 0 or 1: found by their value among those that are sorted. */
    private static final class Values implements Part {
        private final Field field;
        private final long[] values;
        private final int[][] rules;

        Values(Field field, List<Entry> entries) {
            this.field = field;
            Map<Long, int[]> sorted = new TreeMap<>();
            for (Entry entry : entries) {
                Object value = entry.fact().value();
                sorted.merge(
                        value instanceof Boolean flag ? Long.valueOf(flag ? 1 : 0) : (Long) value,
                        new int[] {entry.rule()},
                        (some, one) -> with(some, one[0]));
            }
            values = sorted.keySet().stream().mapToLong(Long::longValue).toArray();
            rules = sorted.values().toArray(new int[0][]);
        }

        @Override
        public void find(Event event, long[] found) {
            long value;
            if (field.type() == Field.Type.FLAG) {
                Object flag = event.get(field);
                value = flag == null ? Field.UNKNOWN : (Boolean) flag ? 1 : 0;
            } else {
                value = event.number(field);
            }
            int at = value == Field.UNKNOWN ? -1 : Arrays.binarySearch(values, value);
            if (at >= 0) {
                mark(found, rules[at]);
            }
        }
    }
}
