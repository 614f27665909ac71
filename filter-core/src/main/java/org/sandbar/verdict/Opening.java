package org.sandbar.verdict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.sandbar.alg.PinholeEvents;
import org.sandbar.event.Common;
import org.sandbar.event.Event;
import org.sandbar.flow.Conversation;
import org.sandbar.wire.Address;

/** A hole that filters would open, with what is known of it by now. Stage 2, one thread. */
final class Opening {
    static final int GRE = 47;
    private static final int MOST_STEPS = 16;
    final Event would;
    final List<String> filters = new ArrayList<>(2);
    private final long transport;
    private final Address from;
    private final Address to;
    private final long toPort;
    /** The flow's protocol; null while nobody has recognised it. */
    String protocol;
    /** A command of the stream asked for it. */
    boolean commanded;
    /** A command of the stream named its port, and another address: the filter puts in whom it takes for the right one. */
    boolean readdressed;
    /** What the other side made of that command; null while it has not said. */
    Boolean accepted;
    /** It was told; null before. */
    Event told;

    /** It lets nothing in before the other side has agreed. */
    boolean dormant;

    boolean used;
    /** The same as a filter rewrote it, or as it was before; null where that was not seen. */
    Opening otherSide;

    boolean outside;
    long untilNs;

    private record Step(String what, long ordinal) {}

    private final List<Step> steps = new ArrayList<>(4);

    Opening(Event would) {
        this.would = would;
        transport = (long) would.get(PinholeEvents.WOULD_TRANSPORT);
        from = (Address) would.get(PinholeEvents.WOULD_FROM);
        to = (Address) would.get(PinholeEvents.WOULD_TO);
        toPort = (long) would.get(PinholeEvents.WOULD_PORT);
        protocol = would.text(Common.APP_PROTO);
        refresh(would);
        step("connection", would.flow().firstOrdinal());
        step("trigger-" + would.text(PinholeEvents.WOULD_PLACE), would.ordinal());
    }

    /** Something that led to it, or came of it, and the packet that did. */
    void step(String what, long ordinal) {
        for (Step step : steps) {
            if (step.ordinal == ordinal && step.what.equals(what)) {
                return;
            }
        }
        if (steps.size() < MOST_STEPS) {
            steps.add(new Step(what, ordinal));
        }
    }

    List<Map<String, Object>> steps() {
        List<Map<String, Object>> rows = new ArrayList<>(steps.size());
        for (Step step : steps) {
            Map<String, Object> row = new LinkedHashMap<>(2);
            row.put("step", step.what);
            row.put("pcap_cnt", step.ordinal);
            rows.add(row);
        }
        return rows;
    }

    /** Another filter would open it for the same bytes, or the same one once more. */
    void refresh(Event again) {
        for (String filter : PinholeEvents.filtersOf(again)) {
            if (!filters.contains(filter)) {
                filters.add(filter);
            }
        }
        dormant = again.is(PinholeEvents.WOULD_DORMANT);
        untilNs = again.timeNs() + (long) again.get(PinholeEvents.WOULD_LIFETIME);
    }

    boolean isLike(Opening other) {
        return isFor(other.transport, other.to, other.toPort) && Objects.equals(from, other.from);
    }

    boolean isFor(long transport, Address ip, long port) {
        return this.transport == transport && toPort == port && to.equals(ip);
    }

    boolean isForPort(long transport, long port) {
        return this.transport == transport && toPort == port;
    }

    boolean lets(Address client) {
        return from == null || from.equals(client);
    }

    long transport() {
        return transport;
    }

    Address from() {
        return from;
    }

    Address to() {
        return to;
    }

    long toPort() {
        return toPort;
    }

    Conversation flow() {
        return would.flow();
    }

    /**
     * Whether the endpoint is the address of whoever sent the bytes. Of a tunnel, which goes both ways, one packet opens both, and the
     * endpoint may be either's.
     */
    boolean isForSender() {
        boolean client = "client".equals(would.text(PinholeEvents.WOULD_SENDER));
        Address sender = client ? flow().client() : flow().server();
        Address receiver = client ? flow().server() : flow().client();
        return to.equals(sender) || transport == GRE && to.equals(receiver);
    }
}
