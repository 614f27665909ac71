package org.sandbar.trust;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.sandbar.event.Common;
import org.sandbar.event.Event;
import org.sandbar.event.Field;
import org.sandbar.flow.Conversation;
import org.sandbar.trust.TrustTable.Weight;

/** The evidence on one flow, and what it adds up to. Keyed by the flow, kept while it lasts. One thread. */
public final class FlowTrust {
    private record Evidence(Weight signal, long ordinal, String detail) {
        String agent() {
            return DETAIL.equals(signal.agent()) ? detail : signal.agent();
        }
    }

    /** What the evidence adds up to, until there is more of it. */
    private record Sum(TrustClass trustClass, String agent, Double score, String bar) {}

    /** In the table, the agent of a signal whose detail names it. */
    private static final String DETAIL = "detail";

    private static final String TLS = "tls";

    private final TrustTable table;
    private List<Evidence> evidence = List.of();
    private double score;
    /** What the evidence adds up to, until there is more of it. */
    private Sum sum;

    private TrustTable.PortRange range;
    private boolean policySeen;
    private Double entropy;
    /** The other leg where somebody passes the flow's bytes on, and whether this one is the first; null where nobody does. */
    private Conversation otherLeg;

    private boolean firstLeg;
    private boolean inherited;
    /** Asked for; null where nobody was, or when it was answered. */
    private CompletableFuture<OwningProcess> askedOwner;

    private OwningProcess owner;

    FlowTrust(TrustTable table) {
        this.table = table;
    }

    /** States a signal, once for each flow. */
    void state(String signal, long ordinal, String detail) {
        for (Evidence stated : evidence) {
            if (stated.signal.signal().equals(signal)) {
                return;
            }
        }
        Weight weight = table.weights().get(signal);
        if (weight != null) {
            if (evidence.isEmpty()) {
                evidence = new ArrayList<>(3);
            }
            evidence.add(new Evidence(weight, ordinal, detail));
            score += weight.weight();
            sum = null;
        }
    }

    /** Whether the flow that announced this one has had its say. */
    boolean isInherited() {
        return inherited;
    }

    void inherit(String signal, long ordinal, String agent) {
        inherited = true;
        state(signal, ordinal, agent);
    }

    /** Whoever owns one end of the flow will be known by this; null where nobody will. */
    void ask(CompletableFuture<OwningProcess> owner) {
        askedOwner = owner;
    }

    /** Whose process it is, once, when that is known; null before and later. */
    OwningProcess learnOwner() {
        if (askedOwner == null || !askedOwner.isDone()) {
            return null;
        }
        owner = askedOwner.join();
        askedOwner = null;
        return owner;
    }

    void range(TrustTable.PortRange range) {
        this.range = range;
    }

    /** Somebody passes the flow's bytes on; the other leg is this one. */
    void redirected(Conversation other, boolean first) {
        otherLeg = other;
        firstLeg = first;
    }

    void policySeen() {
        policySeen = true;
    }

    void entropy(Double entropy) {
        this.entropy = entropy;
    }

    public TrustClass trustClass() {
        return sum().trustClass;
    }

    /** The agent that the evidence names, or null. */
    String agent() {
        return sum().agent;
    }

    /** Adds one to each signal that was stated. */
    void count(Map<String, long[]> flowsBySignal) {
        for (Evidence stated : evidence) {
            flowsBySignal.computeIfAbsent(stated.signal.signal(), first -> new long[1])[0]++;
        }
    }

    private Sum sum() {
        if (sum != null) {
            return sum;
        }
        String bar = score <= table.trustedTo() ? bar() : null;
        TrustClass trustClass = score >= table.sandboxedFrom()
                ? TrustClass.SANDBOXED
                : score <= table.trustedTo() && bar == null ? TrustClass.TRUSTED : TrustClass.UNKNOWN;
        Sum now = new Sum(trustClass, agent(trustClass), score, bar);
        // A flow without evidence keeps nothing: there may be a million of them.
        sum = evidence.isEmpty() ? null : now;
        return now;
    }

    /**
     * The signal that keeps the flow from being called trusted, or null. Whoever holds a socket, and the server at its other end, can
     * say all that desktop programs say.
     */
    private String bar() {
        String bar = null;
        for (Evidence stated : evidence) {
            if (stated.signal.vouches()) {
                return null;
            }
            bar = bar == null && stated.signal.bars() ? stated.signal.signal() : bar;
        }
        return bar;
    }

    /** The agent that the weightiest evidence for the class names, or null; for an unknown class, of any evidence. */
    private String agent(TrustClass trustClass) {
        Evidence strongest = null;
        for (Evidence stated : evidence) {
            double weight = stated.signal.weight();
            boolean agrees = trustClass == TrustClass.UNKNOWN || weight > 0 == (score > 0);
            // A port names whoever is usual there, and gives way to who shows himself.
            boolean first = strongest == null || range != null && strongest.signal == range.signal();
            boolean byPort = range != null && stated.signal == range.signal();
            if (stated.agent() != null
                    && agrees
                    && (first || !byPort && Math.abs(weight) > Math.abs(strongest.signal.weight()))) {
                strongest = stated;
            }
        }
        return strongest == null ? null : strongest.agent();
    }

    /** Adds what is known so far to an event of the flow. */
    public void stamp(Event event) {
        Sum now = sum();
        event.set(Common.TRUST_CLASS, now.trustClass.key())
                .set(Common.TRUST_AGENT, now.agent)
                .set(Common.TRUST_SCORE, now.score)
                .set(Common.TRUST_BARRED_BY, now.bar);
        Field announcedPort = event.kind().announcedPort();
        if (announcedPort != null && event.get(announcedPort) instanceof Long port) {
            TrustTable.PortRange announced = table.rangeOf((int) (long) port);
            event.set(Common.PLUGIN_ENDPOINT_RANGE, announced == null ? null : announced.name());
        }
        if (owner != null) {
            event.set(Common.PROCESS_EXECUTABLE, owner.executable())
                    .set(Common.PROCESS_ID, owner.pid())
                    .set(Common.PROCESS_USER, owner.user())
                    .set(Common.PROCESS_PARENTS, owner.parents())
                    .set(Common.PROCESS_SIDE, owner.isClientOf(event.flow()) ? "client" : "server");
        }
        if (otherLeg != null) {
            event.set(Common.PLUGIN_REDIRECT_LEG, firstLeg ? "first" : "second")
                    .set(Common.PLUGIN_REDIRECT_FLOW, otherLeg.flowId())
                    .set(Common.PLUGIN_REDIRECT_IP, otherLeg.server())
                    .set(Common.PLUGIN_REDIRECT_PORT, (long) otherLeg.serverPort());
        }
        if (range != null) {
            event.set(Common.PLUGIN_PORT, true)
                    .set(Common.PLUGIN_RANGE, range.name())
                    .set(Common.PLUGIN_POLICY_SEEN, policySeen)
                    .set(Common.PLUGIN_ENCRYPTED, encrypted(event.text(Common.APP_PROTO)))
                    .set(Common.PLUGIN_ENTROPY, entropy);
        }
    }

    /** Why what is said cannot be seen, or null. */
    private String encrypted(String protocol) {
        if (TLS.equals(protocol)) {
            return TLS;
        }
        return entropy != null && entropy >= table.entropyFrom() ? "entropy" : null;
    }

    /** Adds the evidence itself, for an event that is shown to people. */
    public void explain(Event event) {
        List<Map<String, Object>> rows = new ArrayList<>(evidence.size());
        for (Evidence stated : evidence) {
            Map<String, Object> row = new LinkedHashMap<>(4);
            row.put("signal", stated.signal.signal());
            row.put("weight", stated.signal.weight());
            row.put("pcap_cnt", stated.ordinal);
            if (stated.detail != null) {
                row.put("detail", stated.detail);
            }
            rows.add(row);
        }
        event.set(Common.TRUST_EVIDENCE, rows);
    }
}
