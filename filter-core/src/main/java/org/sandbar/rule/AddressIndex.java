package org.sandbar.rule;

import java.util.Arrays;
import java.util.List;
import org.sandbar.event.Event;
import org.sandbar.event.Field;
import org.sandbar.wire.Address;
import org.sandbar.wire.Network;

/** Finds which of many networks an address is of: a tree of their bits, for each version of IP. Immutable, any thread. */
final class AddressIndex implements RuleIndex.Part {
    private static final int V4 = 0;
    private static final int V6 = 1;

    private final Field field;
    /** By node twice: where a zero and where a one leads; 0 where no network goes on. */
    private int[] next = new int[64];
    /** By node: the rules whose network ends there. */
    private int[][] rules = new int[32][];

    private int nodes = 2;

    AddressIndex(Field field, List<RuleIndex.Entry> entries) {
        this.field = field;
        for (RuleIndex.Entry entry : entries) {
            add((Network) entry.fact().value(), entry.rule());
        }
    }

    private void add(Network network, int rule) {
        int node = network.version() == 4 ? V4 : V6;
        for (int i = 0; i < network.prefix(); i++) {
            int edge = 2 * node + bit(network.version(), network.high(), network.low(), i);
            if (next[edge] == 0) {
                if (nodes == rules.length) {
                    next = Arrays.copyOf(next, 4 * nodes);
                    rules = Arrays.copyOf(rules, 2 * nodes);
                }
                next[edge] = nodes++;
            }
            node = next[edge];
        }
        rules[node] = RuleIndex.with(rules[node], rule);
    }

    private static int bit(int version, long high, long low, int index) {
        int fromEnd = (version == 4 ? 31 : 127) - index;
        return (int) ((fromEnd >= 64 ? high >>> fromEnd - 64 : low >>> fromEnd) & 1);
    }

    @Override
    public void find(Event event, long[] found) {
        Object value = event.get(field);
        if (value instanceof Address address) {
            find(address, found);
        } else if (value instanceof List<?> addresses) {
            for (int i = 0; i < addresses.size(); i++) {
                find((Address) addresses.get(i), found);
            }
        }
    }

    private void find(Address address, long[] found) {
        int node = address.version() == 4 ? V4 : V6;
        int bits = address.version() == 4 ? 32 : 128;
        RuleIndex.mark(found, rules[node]);
        for (int i = 0; i < bits; i++) {
            node = next[2 * node + bit(address.version(), address.high(), address.low(), i)];
            if (node == 0) {
                return;
            }
            RuleIndex.mark(found, rules[node]);
        }
    }
}
