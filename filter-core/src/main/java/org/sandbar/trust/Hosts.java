package org.sandbar.trust;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.event.Event;
import org.sandbar.event.FlowEvents;
import org.sandbar.wire.Address;

/** Adds up for each client what its flows were taken for. Keyed by the client, and bounded: later clients count together. One thread. */
public final class Hosts {
    private record Kind(TrustClass trustClass, String agent) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Kind that && trustClass == that.trustClass && Objects.equals(agent, that.agent);
        }

        @Override
        public int hashCode() {
            return 31 * trustClass.hashCode() + Objects.hashCode(agent);
        }
    }

    private static final class Tally {
        long flows;
        long bytes;
        final Map<String, long[]> signals = new HashMap<>(8);
    }

    private final Map<Address, Map<Kind, Tally>> hosts = new LinkedHashMap<>();
    private final Map<Kind, Tally> others = new LinkedHashMap<>();
    private final int most;

    public Hosts(Limits limits) {
        most = limits.of(Bound.HOSTS);
    }

    /** Counts a flow that has ended. */
    public void add(Event end, FlowTrust trust) {
        Address client = end.flow().client();
        Map<Kind, Tally> kinds = hosts.get(client);
        if (kinds == null) {
            kinds = hosts.size() < most ? new LinkedHashMap<>(4) : others;
            if (kinds != others) {
                hosts.put(client, kinds);
            }
        }
        Tally tally = kinds.computeIfAbsent(new Kind(trust.trustClass(), trust.agent()), first -> new Tally());
        tally.flows++;
        tally.bytes += (long) end.get(FlowEvents.BYTES_TO_SERVER) + (long) end.get(FlowEvents.BYTES_TO_CLIENT);
        trust.count(tally.signals);
    }

    /** All of it, by client in the order in which their first flows ended. */
    public List<HostActivity> activities() {
        List<HostActivity> activities = new ArrayList<>();
        hosts.forEach((host, kinds) -> add(host, kinds, activities));
        add(null, others, activities);
        return activities;
    }

    private static void add(Address host, Map<Kind, Tally> kinds, List<HostActivity> activities) {
        kinds.forEach((kind, tally) -> activities.add(
                new HostActivity(host, kind.trustClass, kind.agent, tally.flows, tally.bytes, sorted(tally.signals))));
    }

    private static Map<String, Long> sorted(Map<String, long[]> signals) {
        Map<String, Long> sorted = new TreeMap<>();
        signals.forEach((signal, flows) -> sorted.put(signal, flows[0]));
        return sorted;
    }
}
