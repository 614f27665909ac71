package org.sandbar.alg;

import java.util.ArrayList;
import java.util.List;
import org.sandbar.event.Event;
import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.event.Field.Type;
import org.sandbar.event.Field.Unit;

/** What is told of holes in filters. */
public final class PinholeEvents {
    public static final EventKind PINHOLE = new EventKind("pinhole");
    public static final Field FILTERS = PINHOLE.own(
            "pinhole.filters",
            Type.TEXTS,
            "filters that would open it: linux, libalias, ftp-proxy, and linux-before-6.0 where only kernels without the fix of CVE-2022-2663"
                    + " would, per-fragment where any that takes each IP fragment for a packet would");
    public static final Field GATEWAY = PINHOLE.own(
            "pinhole.gateway", Type.TEXT, "protocol whose gateway in the filter opens it: ftp, irc, sip, …");
    public static final Field PROTO =
            PINHOLE.own("pinhole.proto", Type.TEXT, "transport that it lets in: TCP, UDP or GRE");
    public static final Field FROM_IP =
            PINHOLE.own("pinhole.from_ip", Type.ADDRESS_OR_ANY, "host that it lets in; null where any may come");
    public static final Field TO_IP = PINHOLE.own("pinhole.to_ip", Type.ADDRESS, "host that is reached through it");
    public static final Field TO_PORT =
            PINHOLE.own("pinhole.to_port", Type.NUMBER, Unit.PORT, "port that is reached through it");
    public static final Field TRIGGER =
            PINHOLE.own("pinhole.trigger", Type.TEXT, "bytes for which it is opened, as they came");
    public static final Field PACKET =
            PINHOLE.own("pinhole.packet", Type.NUMBER, Unit.PACKET_NUMBER, "number of the packet that would open it");
    public static final Field DORMANT =
            PINHOLE.own("pinhole.dormant", Type.FLAG, "it lets nothing in before the other side has agreed");
    public static final Field LEGITIMATE = PINHOLE.own(
            "pinhole.legitimate",
            Type.FLAG,
            "a command of a genuine session asked for it, of an agent that is not sandboxed, for its own address, no service's port,"
                    + " and was accepted");
    public static final Field REASONS = PINHOLE.own(
            "pinhole.reasons",
            Type.TEXTS,
            "which of these fail: other-protocol, no-command, other-address, not-answered, refused, sandboxed, third-party, service-port;"
                    + " or not-read, where the stream of that protocol is not read and cannot say");
    public static final Field STEPS = PINHOLE.own(
            "pinhole.steps",
            Type.ROWS,
            "how one that is not legitimate came about, each step with its packet: connection, trigger-at-segment-start, trigger-within-segment or"
                    + " trigger-at-fragment-start, announced,"
                    + " accepted or refused, used");
    public static final Field NAT_SIDE = PINHOLE.own(
            "pinhole.nat.side",
            Type.TEXT,
            "the same command was seen with another address within the second: proof that a filter acted; inside, as it was given, or outside,"
                    + " as the filter wrote it");
    public static final Field NAT_IP = PINHOLE.own("pinhole.nat.ip", Type.ADDRESS, "that other address");
    public static final Field NAT_FLOW =
            PINHOLE.own("pinhole.nat.flow_id", Type.NUMBER, Unit.IDENTIFIER, "the flow on the other side");
    public static final Field USED = PINHOLE.own("pinhole.used", Type.FLAG, "a connection came in through it");
    public static final Field USED_BY = PINHOLE.own("pinhole.used_by", Type.ADDRESS, "who came");
    public static final Field USED_FLOW =
            PINHOLE.own("pinhole.used_flow_id", Type.NUMBER, Unit.IDENTIFIER, "the flow that came");

    static {
        PINHOLE.announces(TO_PORT);
    }

    /** What a gateway would open or drop, before anybody has judged it. */
    public static final EventKind WOULD = EventKind.unwritten("would");

    public static final Field WOULD_FILTERS = WOULD.own("would.filters", Type.TEXTS, "the filters");
    public static final Field WOULD_GATEWAY = WOULD.own("would.gateway", Type.TEXT, "the protocol");
    public static final Field WOULD_TRANSPORT = WOULD.own(
            "would.transport",
            Type.NUMBER,
            Unit.CODE,
            "protocol number of what is let in; absent where it would drop the packet");
    public static final Field WOULD_FROM = WOULD.own("would.from", Type.ADDRESS, "who is let in; absent for any");
    public static final Field WOULD_TO = WOULD.own("would.to", Type.ADDRESS, "the endpoint's address");
    public static final Field WOULD_PORT = WOULD.own("would.port", Type.NUMBER, Unit.PORT, "the endpoint's port");
    public static final Field WOULD_CLOSE = WOULD.own("would.close", Type.FLAG, "it would close it");
    public static final Field WOULD_DORMANT = WOULD.own("would.dormant", Type.FLAG, "not before the other side agrees");
    public static final Field WOULD_LIFETIME =
            WOULD.own("would.lifetime", Type.NUMBER, Unit.NANOSECONDS, "of several filters, the longest");
    public static final Field WOULD_TRIGGER = WOULD.own("would.trigger", Type.TEXT, "for these bytes");
    public static final Field WOULD_PLACE = WOULD.own(
            "would.place", Type.TEXT, "where these bytes stand: at-segment-start, within-segment or at-fragment-start");
    public static final Field WOULD_SENDER = WOULD.own("would.sender", Type.TEXT, "of the client or the server");

    private PinholeEvents() {}

    /** The filters of what a gateway would do. */
    public static List<String> filtersOf(Event would) {
        List<String> filters = new ArrayList<>(3);
        ((List<?>) would.get(WOULD_FILTERS)).forEach(filter -> filters.add((String) filter));
        return filters;
    }
}
