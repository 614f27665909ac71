package org.sandbar.verdict;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.sandbar.alg.PinholeEvents;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.event.Common;
import org.sandbar.event.Event;
import org.sandbar.event.FlowEvents;
import org.sandbar.flow.Conversation;
import org.sandbar.protocol.Announcements;
import org.sandbar.protocol.ExpiringMap;
import org.sandbar.trust.FlowTrust;
import org.sandbar.trust.TrustClass;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;
import org.sandbar.wire.Services;
import org.sandbar.wire.Socket;

/**
 * Judges the holes that filters would open by what the stream says of the same bytes, tells each once, and once more when somebody comes
 * in through it. A hole is told as soon as it cannot be legitimate any more, or when the other side has answered the command that asked
 * for it, and at the latest when it is used or its flow ends. State by flow, and by the hole's endpoint, bounded, and expired on packet
 * time. One thread.
 */
public final class Pinholes {
    /** Of one flow: beyond it the oldest are forgotten. */
    private static final int MOST_OF_FLOW = 64;
    /** A filter forgets the holes of a connection that is over so soon: Linux, a closed one. */
    private static final long BEHIND_END_NS = 120_000_000_000L;

    private static final int FIRST_UNPRIVILEGED = 1024;
    private static final long REWRITTEN_WITHIN_NS = 1_000_000_000L;

    /** What an address translator leaves as it is. */
    private record Command(String gateway, Socket server, long toPort) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Command that
                    && toPort == that.toPort
                    && server.equals(that.server)
                    && Objects.equals(gateway, that.gateway);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * Objects.hashCode(gateway) + server.hashCode()) + Long.hashCode(toPort);
        }
    }

    /** Protocols whose streams tell which endpoints they announce; of the others, a command cannot be held against the filter. */
    private static final Set<String> READ = Set.of("ftp", "sip", "irc");

    private static final String UNRECOGNISED = "failed";

    /** What one flow would open, and what its stream announced. */
    private static final class OfFlow {
        final List<Opening> openings = new ArrayList<>(2);
        final List<Event> announced = new ArrayList<>(2);
    }

    private final Map<Conversation, OfFlow> flows = new HashMap<>();
    private final ExpiringMap<Socket, List<Opening>> holes;
    private final ExpiringMap<Command, Opening> commands;
    private long legitimate;
    private long illegitimate;
    private long used;
    private long misused;

    public Pinholes(Limits limits) {
        holes = new ExpiringMap<>(limits.of(Bound.PINHOLES), limits.nanosOf(Bound.PINHOLE_SECONDS));
        commands = new ExpiringMap<>(limits.of(Bound.PINHOLES), REWRITTEN_WITHIN_NS);
    }

    /** Takes any event in; what is to be told goes to {@code told}. */
    public void see(Event event, List<Event> told) {
        if (event.kind() == PinholeEvents.WOULD) {
            if (event.is(PinholeEvents.WOULD_CLOSE)) {
                close(event);
            } else if (event.get(PinholeEvents.WOULD_TRANSPORT) != null) {
                open(event, told);
            }
        } else if (event.kind() == Announcements.ANNOUNCED) {
            announce(event, told);
        } else if (event.kind() == FlowEvents.FLOW) {
            String phase = event.text(FlowEvents.PHASE);
            if (phase.equals(FlowEvents.BEGIN) && !holes.isEmpty()) {
                come(event, told);
            } else if (phase.equals(FlowEvents.RECOGNISED) && !flows.isEmpty()) {
                recognise(event, told);
            } else if (phase.equals(FlowEvents.ENDED) && !flows.isEmpty()) {
                end(event, told);
            }
        }
    }

    private void open(Event would, List<Event> told) {
        OfFlow ofFlow = flows.computeIfAbsent(would.flow(), first -> new OfFlow());
        Opening opening = new Opening(would);
        for (Opening before : ofFlow.openings) {
            if (before.isLike(opening) && before.untilNs > would.timeNs() && !before.used) {
                before.refresh(would);
                return;
            }
        }
        add(ofFlow.openings, opening);
        for (Event announced : ofFlow.announced) {
            match(opening, announced);
        }
        lookBehindTranslation(opening);
        Socket endpoint = new Socket((int) opening.transport(), opening.to(), (int) opening.toPort());
        List<Opening> standing = holes.get(endpoint, would.timeNs());
        List<Opening> all = standing == null ? new ArrayList<>(1) : standing;
        all.removeIf(before -> before.used || before.untilNs < would.timeNs());
        add(all, opening);
        holes.put(endpoint, all, would.timeNs());
        if (opening.accepted != null || isOfAnotherProtocol(opening)) {
            tell(opening, would, told);
        }
    }

    /** The packet that opened the hole came before anybody knew the flow's protocol. */
    private void recognise(Event recognised, List<Event> told) {
        OfFlow ofFlow = flows.get(recognised.flow());
        for (Opening opening : ofFlow == null ? List.<Opening>of() : ofFlow.openings) {
            opening.protocol = recognised.text(Common.APP_PROTO);
            if (opening.told == null && isOfAnotherProtocol(opening)) {
                tell(opening, recognised, told);
            }
        }
    }

    private void close(Event would) {
        OfFlow ofFlow = flows.get(would.flow());
        Opening closed = new Opening(would);
        for (Opening opening : ofFlow == null ? List.<Opening>of() : ofFlow.openings) {
            if (opening.isLike(closed)) {
                opening.untilNs = Math.min(opening.untilNs, would.timeNs());
            }
        }
    }

    /** A filter that translates addresses rewrites the command: both are seen where the capture has both its sides. */
    private void lookBehindTranslation(Opening opening) {
        Conversation flow = opening.flow();
        Command command = new Command(
                opening.would.text(PinholeEvents.WOULD_GATEWAY),
                new Socket(flow.protocol(), flow.server(), flow.serverPort()),
                opening.toPort());
        Opening before = commands.get(command, opening.would.timeNs());
        if (before != null
                && !before.flow().equals(flow)
                && !before.to().equals(opening.to())
                && before.isForSender()
                && opening.isForSender()) {
            opening.otherSide = before;
            opening.outside = true;
            before.otherSide = opening;
        }
        commands.put(command, opening, opening.would.timeNs());
    }

    private static <T> void add(List<T> list, T element) {
        if (list.size() >= MOST_OF_FLOW) {
            list.remove(0);
        }
        list.add(element);
    }

    private void announce(Event announced, List<Event> told) {
        OfFlow ofFlow = flows.computeIfAbsent(announced.flow(), first -> new OfFlow());
        if (Boolean.FALSE.equals(announced.get(Announcements.ACCEPTED))) {
            // Who asks again, as SIP's clients do when they were asked for a password, announces it again.
            ofFlow.announced.removeIf(before -> isSameEndpoint(before, announced));
        } else {
            add(ofFlow.announced, announced);
        }
        for (Opening opening : ofFlow.openings) {
            match(opening, announced);
            if (opening.accepted != null && opening.told == null) {
                tell(opening, announced, told);
            }
        }
    }

    private static boolean isSameEndpoint(Event announced, Event other) {
        return announced.get(Announcements.TRANSPORT).equals(other.get(Announcements.TRANSPORT))
                && announced.get(Announcements.IP).equals(other.get(Announcements.IP))
                && announced.get(Announcements.PORT).equals(other.get(Announcements.PORT));
    }

    private static void match(Opening opening, Event announced) {
        long transport = (long) announced.get(Announcements.TRANSPORT);
        long port = (long) announced.get(Announcements.PORT);
        boolean same = opening.isFor(transport, (Address) announced.get(Announcements.IP), port);
        if (!same && !opening.isForPort(transport, port)) {
            return;
        }
        opening.commanded |= same;
        opening.readdressed |= !same;
        if (announced.get(Announcements.ACCEPTED) instanceof Boolean accepted) {
            opening.accepted = accepted;
            opening.step(accepted ? "accepted" : "refused", announced.ordinal());
        } else {
            opening.step("announced", announced.ordinal());
        }
    }

    /** Somebody comes in. */
    private void come(Event begin, List<Event> told) {
        Conversation flow = begin.flow();
        List<Opening> standing = holes.get(
                new Socket(flow.protocol(), flow.server(), flow.hasPorts() ? flow.serverPort() : 0), begin.timeNs());
        if (standing == null) {
            return;
        }
        for (Opening opening : standing) {
            if (!opening.used && opening.untilNs >= begin.timeNs() && opening.lets(flow.client())) {
                opening.used = true;
                used++;
                if (opening.told == null) {
                    tell(opening, begin, told);
                }
                opening.step("used", begin.ordinal());
                boolean right = opening.told.is(PinholeEvents.LEGITIMATE);
                misused += right ? 0 : 1;
                told.add(describe(opening, begin)
                        .set(PinholeEvents.LEGITIMATE, right)
                        .set(PinholeEvents.STEPS, right ? null : opening.steps())
                        .set(PinholeEvents.REASONS, opening.told.get(PinholeEvents.REASONS))
                        .set(PinholeEvents.USED, true)
                        .set(PinholeEvents.USED_BY, flow.client())
                        .set(PinholeEvents.USED_FLOW, flow.flowId()));
            }
        }
    }

    private void end(Event ended, List<Event> told) {
        OfFlow ofFlow = flows.remove(ended.flow());
        if (ofFlow == null) {
            return;
        }
        for (Opening opening : ofFlow.openings) {
            if (opening.told == null) {
                tell(opening, ended, told);
            }
            opening.untilNs = Math.min(opening.untilNs, ended.timeNs() + BEHIND_END_NS);
        }
    }

    /** Of a protocol that is not read, a flow may be whose protocol nobody has recognised. */
    private static boolean isOfAnotherProtocol(Opening opening) {
        String protocol = opening.protocol;
        String gateway = opening.would.text(PinholeEvents.WOULD_GATEWAY);
        return protocol != null && !protocol.equals(gateway) && (isRead(gateway) || !UNRECOGNISED.equals(protocol));
    }

    private static boolean isRead(String gateway) {
        return READ.contains(gateway);
    }

    private void tell(Opening opening, Event now, List<Event> told) {
        List<String> reasons = reasons(opening);
        opening.told = describe(opening, now)
                .set(PinholeEvents.LEGITIMATE, reasons.isEmpty())
                .set(PinholeEvents.REASONS, reasons.isEmpty() ? null : reasons)
                .set(PinholeEvents.STEPS, reasons.isEmpty() ? null : opening.steps());
        legitimate += reasons.isEmpty() ? 1 : 0;
        illegitimate += reasons.isEmpty() ? 0 : 1;
        told.add(opening.told);
    }

    private static Event describe(Opening opening, Event now) {
        Event would = opening.would;
        long transport = opening.transport();
        Event event = Event.at(PinholeEvents.PINHOLE, opening.flow(), now.ordinal(), now.timeNs())
                .set(Common.APP_PROTO, opening.protocol)
                .set(PinholeEvents.FILTERS, List.copyOf(opening.filters))
                .set(PinholeEvents.GATEWAY, would.text(PinholeEvents.WOULD_GATEWAY))
                .set(PinholeEvents.PROTO, transport == Packet.TCP ? "TCP" : transport == Packet.UDP ? "UDP" : "GRE")
                .set(PinholeEvents.FROM_IP, opening.from())
                .set(PinholeEvents.TO_IP, opening.to())
                .set(PinholeEvents.TO_PORT, opening.toPort())
                .set(PinholeEvents.TRIGGER, would.text(PinholeEvents.WOULD_TRIGGER))
                .set(PinholeEvents.PACKET, would.ordinal())
                .set(PinholeEvents.DORMANT, opening.dormant ? true : null);
        if (opening.otherSide != null) {
            event.set(PinholeEvents.NAT_SIDE, opening.outside ? "outside" : "inside")
                    .set(PinholeEvents.NAT_IP, opening.otherSide.to())
                    .set(PinholeEvents.NAT_FLOW, opening.otherSide.flow().flowId());
        }
        return event;
    }

    /** Which conditions of a legitimate hole fail. */
    private static List<String> reasons(Opening opening) {
        List<String> reasons = new ArrayList<>(0);
        String gateway = opening.would.text(PinholeEvents.WOULD_GATEWAY);
        if (isOfAnotherProtocol(opening) || isRead(gateway) && opening.protocol == null) {
            reasons.add("other-protocol");
        }
        if (!isRead(gateway)) {
            reasons.add("not-read");
        } else if (!opening.commanded && !opening.readdressed) {
            reasons.add("no-command");
        } else if (opening.accepted == null) {
            reasons.add("not-answered");
        } else if (!opening.accepted) {
            reasons.add("refused");
        }
        if (!opening.commanded && opening.readdressed) {
            reasons.add("other-address");
        }
        if (opening.flow().memory() instanceof FlowTrust trust && trust.trustClass() == TrustClass.SANDBOXED) {
            reasons.add("sandboxed");
        }
        if (!opening.isForSender()) {
            reasons.add("third-party");
        }
        String service = Services.at((int) opening.toPort());
        boolean privileged = opening.toPort() < FIRST_UNPRIVILEGED && opening.transport() != Opening.GRE;
        if (privileged || service != null && !service.equals(gateway)) {
            reasons.add("service-port");
        }
        return reasons;
    }

    /** Holes told as legitimate. */
    public long legitimate() {
        return legitimate;
    }

    /** Holes told as not legitimate. */
    public long illegitimate() {
        return illegitimate;
    }

    /** Holes through which somebody came. */
    public long used() {
        return used;
    }

    /** Those of them that were not legitimate. */
    public long misused() {
        return misused;
    }
}
