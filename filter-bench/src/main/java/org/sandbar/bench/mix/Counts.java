package org.sandbar.bench.mix;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How many of each {@link Quantity}: the truth of a mix, or what somebody found in it. Immutable; written as {@code key=value} lines. */
public record Counts(Map<Quantity, Long> values) {
    public Counts {
        Map<Quantity, Long> all = new EnumMap<>(Quantity.class);
        for (Quantity quantity : Quantity.values()) {
            all.put(quantity, values.getOrDefault(quantity, 0L));
        }
        values = Collections.unmodifiableMap(all);
    }

    /** Counts as they are being made. One thread. */
    public static final class Tally {
        private final long[] values = new long[Quantity.values().length];

        public void add(Quantity quantity, long more) {
            values[quantity.ordinal()] += more;
        }

        public void add(Quantity quantity) {
            add(quantity, 1);
        }

        public long of(Quantity quantity) {
            return values[quantity.ordinal()];
        }

        public Counts counts() {
            Map<Quantity, Long> map = new EnumMap<>(Quantity.class);
            for (Quantity quantity : Quantity.values()) {
                map.put(quantity, of(quantity));
            }
            return new Counts(map);
        }
    }

    public long of(Quantity quantity) {
        return values.get(quantity);
    }

    /** A line for each quantity that {@code found} has otherwise; none where the inspector was right. */
    public List<String> differences(Counts found) {
        List<String> lines = new ArrayList<>();
        for (Quantity quantity : Quantity.values()) {
            if (quantity.isTold() && of(quantity) != found.of(quantity)) {
                lines.add(quantity.key() + ": the truth is " + of(quantity) + ", found " + found.of(quantity));
            }
        }
        return lines;
    }

    public List<String> lines() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey().key() + "=" + entry.getValue())
                .toList();
    }

    /** Reads {@link #lines} back. */
    public static Counts of(List<String> lines) {
        Map<Quantity, Long> map = new EnumMap<>(Quantity.class);
        for (Quantity quantity : Quantity.values()) {
            for (String line : lines) {
                if (line.startsWith(quantity.key() + "=")) {
                    map.put(quantity, Long.valueOf(line.substring(quantity.key().length() + 1)));
                }
            }
        }
        return new Counts(map);
    }
}
