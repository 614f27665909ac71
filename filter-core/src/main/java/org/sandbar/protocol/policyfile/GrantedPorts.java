package org.sandbar.protocol.policyfile;

import java.util.List;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.event.Common;
import org.sandbar.event.Event;
import org.sandbar.event.FlowEvents;
import org.sandbar.flow.Conversation;
import org.sandbar.flow.Ends;
import org.sandbar.protocol.Correlation;
import org.sandbar.protocol.ExpiringMap;
import org.sandbar.wire.Packet;

/**
 * What the policies granted that a client was given by a server, against where it then connects to. A connection is told to be granted
 * or not, and how long after the policy it began; whose it is the rules have to find out, for the plugin's host connects for other
 * reasons too. Where a policy was not seen whole, nothing is called not granted any more. State by client and server, bounded, and
 * expired on packet time. Stage 2, one thread.
 */
final class GrantedPorts implements Correlation {
    private static final long SECOND_NS = 1_000_000_000L;

    /** All that one client was granted by one server. */
    private static final class Granted {
        /** As text, for a set of them may be a hundred times as large. */
        String ports = Ports.NONE;
        /** The packet that brought the first policy: a connection that began before did not wait for it. */
        long sinceOrdinal;

        long lastNs;
        /** There was a policy of which not all is known. */
        boolean uncertain;
        /** Flash's meta-policy: none but the master policy counts. */
        boolean masterOnly;

        void add(String more) {
            if (ports.equals(more)) {
                return;
            }
            Ports sum = Ports.read(ports);
            sum.addAll(Ports.read(more));
            String text = sum.text();
            uncertain |= text == null;
            ports = text == null ? ports : text;
        }
    }

    private static final long MASTER_PORT = 843;
    /** Another protocol's signal; its detail names the plugin. */
    private static final String OVER_HTTP = "policy-over-http";

    private static final String HTTP = "http";
    private static final String MASTER_ONLY = "master-only";

    private final ExpiringMap<Ends, Granted> granted;

    GrantedPorts(Limits limits) {
        granted = new ExpiringMap<>(limits.of(Bound.POLICY_MEMORY), limits.nanosOf(Bound.POLICY_SECONDS));
    }

    @Override
    public void see(Event event, List<Event> told) {
        Conversation flow = event.flow();
        if (event.kind() == PolicyFileEvents.POLICY_FILE && flow.protocol() == Packet.TCP) {
            // What Flash gets over HTTP is for requests, not for sockets.
            if (isOfSocket(event) || Policy.SILVERLIGHT.equals(event.text(PolicyFileEvents.KIND))) {
                learn(event);
            }
        } else if (event.kind() == FlowEvents.EVIDENCE
                && OVER_HTTP.equals(event.text(FlowEvents.SIGNAL))
                && Policy.SILVERLIGHT.equals(event.text(FlowEvents.DETAIL))) {
            learnNothing(event);
        } else if (event.kind() == FlowEvents.FLOW
                && flow.protocol() == Packet.TCP
                && !granted.isEmpty()
                && !FlowEvents.BEGIN.equals(event.text(FlowEvents.PHASE))) {
            compare(event);
        }
    }

    private static boolean isOfSocket(Event policy) {
        return !HTTP.equals(policy.text(Common.APP_PROTO));
    }

    private void learn(Event policy) {
        Ends ends = policy.flow().ends();
        Granted all = remember(policy, ends);
        boolean master = policy.flow().serverPort() == MASTER_PORT;
        String ports = policy.text(PolicyFileEvents.PORTS);
        boolean nothing = Policy.NONE.equals(policy.text(PolicyFileEvents.KIND)) && !isGapped(policy);
        if (ports != null && (master || !all.masterOnly)) {
            all.add(ports);
        }
        all.uncertain |= ports == null && !nothing;
        all.masterOnly |= master && MASTER_ONLY.equals(policy.text(PolicyFileEvents.META_POLICY));
        granted.put(ends, all, policy.timeNs());
    }

    private static boolean isGapped(Event policy) {
        return policy.get(PolicyFileEvents.FINDINGS) instanceof List<?> findings
                && findings.contains(Finding.GAP.key());
    }

    /** What is remembered, or a new entry, as of now. */
    private Granted remember(Event event, Ends ends) {
        Granted all = granted.get(ends, event.timeNs());
        if (all == null) {
            all = new Granted();
            all.sinceOrdinal = event.ordinal();
        }
        all.lastNs = event.timeNs();
        return all;
    }

    /** Silverlight may ask over HTTP for the policy of a server's sockets, and what it got there may be packed, or for requests alone. */
    private void learnNothing(Event evidence) {
        Ends ends = evidence.flow().ends();
        Granted all = remember(evidence, ends);
        all.uncertain = true;
        granted.put(ends, all, evidence.timeNs());
    }

    /** The flow was recognised, or has ended. */
    private void compare(Event event) {
        Conversation flow = event.flow();
        Granted all = granted.get(flow.ends(), event.timeNs());
        if (all == null) {
            return;
        }
        if (PolicyFileProtocol.NAME.equals(event.text(Common.APP_PROTO))) {
            // The server's side was not captured: what it answered is not known.
            all.uncertain |= event.get(FlowEvents.PACKETS_TO_CLIENT) instanceof Long packets && packets == 0;
        } else if (!flow.isMidstream() && flow.firstOrdinal() > all.sinceOrdinal) {
            boolean grants = Ports.read(all.ports).contains(flow.serverPort());
            if (grants || !all.uncertain) {
                event.set(Common.PLUGIN_GRANTED, grants);
            }
            long startNs = event.get(FlowEvents.START) instanceof Long start ? start : event.timeNs();
            event.set(Common.PLUGIN_POLICY_AGE, Math.max(0, startNs - all.lastNs) / SECOND_NS);
        }
    }
}
