package org.sandbar.engine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.sandbar.alg.Armed;
import org.sandbar.alg.Gateway;
import org.sandbar.alg.PinholeEvents;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.bytes.Words;
import org.sandbar.event.Common;
import org.sandbar.event.Event;
import org.sandbar.event.FlowEvents;
import org.sandbar.flow.Conversation;
import org.sandbar.flow.Direction;
import org.sandbar.flow.Flow;
import org.sandbar.protocol.ExpiringMap;
import org.sandbar.rule.Rule;
import org.sandbar.trust.FlowTrust;
import org.sandbar.trust.TrustClass;
import org.sandbar.verdict.Alert;
import org.sandbar.verdict.Answer;
import org.sandbar.verdict.Decision;
import org.sandbar.verdict.DropEvents;
import org.sandbar.verdict.Policy;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;

/**
 * What guard makes of what stage 2 says: which flows a rule wants stopped, and which connections a control channel has announced. A hole
 * is for one connection, from one host to one endpoint, and goes when that has come, when its control channel ends, or with its time; it
 * stands here alone, so that nothing of it outlives the program. State by flow, and by the hole's endpoint, bounded. One thread.
 */
final class Handling implements Enforcement {
    private static final String FTP = "ftp";
    private static final String TCP = "TCP";
    private static final String DROP = "drop";
    private static final Set<String> WITH_GATEWAY =
            Armed.GATEWAYS.stream().map(Gateway::protocol).collect(Collectors.toUnmodifiableSet());

    private record Hole(Address from, Address to, int toPort) {}

    private final Map<TrustClass, Policy> policies;
    private final boolean simulated;
    private final Map<Conversation, Rule> stopping = new HashMap<>();
    private final Set<Conversation> stopped = new HashSet<>();
    /** With the control channel of each. */
    private final ExpiringMap<Hole, Conversation> holes;
    /** A control channel has one hole at a time, as it has one data connection. */
    private final Map<Conversation, Hole> holeOf = new HashMap<>();

    private long opened;
    private long used;

    /** @param simulated nothing is stopped; it is only told */
    Handling(Map<TrustClass, Policy> policies, boolean simulated, Limits limits) {
        this.policies = policies;
        this.simulated = simulated;
        holes = new ExpiringMap<>(limits.of(Bound.PINHOLES), limits.nanosOf(Bound.GUARD_HOLE_SECONDS));
    }

    @Override
    public boolean stops(List<Alert> alerts) {
        alerts.forEach(this::take);
        Event event = alerts.get(0).event();
        Conversation flow = event.flow();
        boolean over = event.kind() == FlowEvents.FLOW && FlowEvents.ENDED.equals(event.text(FlowEvents.PHASE));
        return !simulated
                && (over
                        ? stopped.contains(flow)
                        : answer(flow, classOf(flow), event.text(Common.APP_PROTO)) != Answer.ACCEPT);
    }

    private void take(Alert alert) {
        Rule rule = alert.rule();
        Answer answer = Answer.of(rule.action());
        if (answer != Answer.ACCEPT) {
            stopping.merge(
                    alert.event().flow(),
                    rule,
                    (before, now) -> answer.compareTo(Answer.of(before.action())) > 0 ? now : before);
        }
    }

    @Override
    public void act(Event event) {
        if (event.kind() == PinholeEvents.PINHOLE) {
            open(event);
        } else if (event.kind() == FlowEvents.FLOW) {
            stopping.remove(event.flow());
            close(event.flow());
            if (stopped.remove(event.flow())) {
                event.set(FlowEvents.VERDICT_ACTION, DROP).set(FlowEvents.ACTION, simulated ? null : DROP);
            }
        }
    }

    /** Opens what a control channel has asked for and its other side has agreed to, where its class may. */
    private void open(Event pinhole) {
        Conversation control = pinhole.flow();
        if (pinhole.is(PinholeEvents.LEGITIMATE)
                && !pinhole.is(PinholeEvents.USED)
                && FTP.equals(pinhole.text(PinholeEvents.GATEWAY))
                && TCP.equals(pinhole.text(PinholeEvents.PROTO))
                && pinhole.get(PinholeEvents.FROM_IP) instanceof Address from
                && policies.get(classOf(control)).opensHoles()
                && !stopping.containsKey(control)) {
            Address to = (Address) pinhole.get(PinholeEvents.TO_IP);
            Hole hole = new Hole(from, to, (int) (long) pinhole.get(PinholeEvents.TO_PORT));
            close(control);
            holes.put(hole, control, pinhole.timeNs());
            holeOf.put(control, hole);
            opened++;
        }
    }

    private void close(Conversation control) {
        Hole hole = holeOf.remove(control);
        if (hole != null && control.equals(holes.get(hole))) {
            holes.remove(hole);
        }
    }

    private static TrustClass classOf(Conversation flow) {
        return flow.memory() instanceof FlowTrust trust ? trust.trustClass() : TrustClass.UNKNOWN;
    }

    /** Decides the packet at hand by all that is known of its flow by now; null where it belongs to none. */
    Decision decide(TrackedFlow flow, Packet packet) {
        if (flow == null) {
            return Decision.NO_FLOW;
        }
        Conversation conversation = flow.conversation();
        TrustClass trustClass = classOf(conversation);
        if (flow.firstOrdinal() == packet.ordinal && !holes.isEmpty()) {
            flow.expected = comesThroughHole(conversation, packet);
        }
        Answer answer = answer(conversation, trustClass, flow.protocol == null ? null : flow.protocol.name());
        boolean free = answer == Answer.ACCEPT && mayLeave(flow);
        return Decision.of(
                answer,
                trustClass,
                flow.expected,
                free && trustClass != TrustClass.SANDBOXED && isRead(flow),
                free && isSkipped(flow));
    }

    private boolean comesThroughHole(Conversation flow, Packet packet) {
        boolean opening = flow.protocol() == Packet.TCP && packet.has(Packet.SYN) && !packet.has(Packet.ACK);
        Hole hole = new Hole(flow.client(), flow.server(), flow.serverPort());
        Conversation control = opening ? holes.get(hole, packet.timeNs) : null;
        if (control == null) {
            return false;
        }
        holes.remove(hole);
        holeOf.remove(control);
        used++;
        return true;
    }

    private Answer answer(Conversation flow, TrustClass trustClass, String protocol) {
        Rule rule = stopping.isEmpty() ? null : stopping.get(flow);
        Answer byPolicy = policies.get(trustClass).answerTo(protocol);
        Answer byRule = rule == null ? Answer.ACCEPT : Answer.of(rule.action());
        return byRule.compareTo(byPolicy) > 0 ? byRule : byPolicy;
    }

    /** Whether packets of the flow may pass unseen at all: not of what a gateway looks into, on its port or another. */
    private static boolean mayLeave(TrackedFlow flow) {
        return flow.state() == Flow.State.ESTABLISHED
                && flow.inspections.length == 0
                && (flow.protocol == null || !WITH_GATEWAY.contains(flow.protocol.name()));
    }

    /** Whether what the server may send by now is passed over, and it has nothing more to say before the client has. */
    private static boolean isSkipped(TrackedFlow flow) {
        return !flow.isMidstream()
                && flow.analyzer != null
                && flow.analyzer.isAnswered()
                && flow.stream(Direction.TO_SERVER).isDrained()
                && flow.stream(Direction.TO_CLIENT).mayGoUnseen();
    }

    /** Whether nobody wants to see more of the flow. */
    private static boolean isRead(TrackedFlow flow) {
        return flow.stream(Direction.TO_SERVER).isUnwanted()
                && flow.stream(Direction.TO_CLIENT).isUnwanted();
    }

    /** That the flow is stopped, by the packet at hand; null where that was told, or the flow has told its end. */
    Event stop(TrackedFlow flow, Packet packet, Decision decision) {
        Conversation conversation = flow.conversation();
        if (flow.concluded || !stopped.add(conversation)) {
            return null;
        }
        Rule rule = stopping.get(conversation);
        return Event.at(DropEvents.DROP, conversation, packet.ordinal, packet.timeNs)
                .set(Common.APP_PROTO, flow.protocol == null ? null : flow.protocol.name())
                .set(DropEvents.LENGTH, packet.wireLength)
                .set(DropEvents.REASON, rule != null ? "rules" : "policy")
                .set(DropEvents.RULE, rule == null ? null : rule.name())
                .set(DropEvents.ACTION, Words.of(decision.answer()))
                .set(DropEvents.SIMULATED, simulated ? true : null);
    }

    /** Holes that were opened. */
    long opened() {
        return opened;
    }

    /** Holes through which somebody came. */
    long used() {
        return used;
    }
}
