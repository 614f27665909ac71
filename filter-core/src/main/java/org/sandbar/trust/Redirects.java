package org.sandbar.trust;

import java.util.ArrayDeque;
import java.util.Deque;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.event.Event;
import org.sandbar.event.FlowEvents;
import org.sandbar.flow.Conversation;
import org.sandbar.protocol.ExpiringMap;
import org.sandbar.wire.Address;

/**
 * Finds the second leg of a flow that somebody behind a plugin's port passes on: the same first bytes leave the host again, or came to it,
 * towards another port and within a second. Keyed by the host between the legs, bounded, and expired on packet time. One thread.
 */
final class Redirects {
    private static final long WITHIN_NS = 1_000_000_000L;
    /** First bytes remembered of flows to, and from, one host: beyond it the oldest is forgotten. */
    private static final int MOST_OPENINGS = 64;

    /** What was said first on a flow, and by whom. */
    private record Opening(Conversation flow, String bytes, String speaker, long timeNs) {
        boolean isOf(Opening other) {
            int common = Math.min(bytes.length(), other.bytes.length());
            return speaker.equals(other.speaker)
                    && Math.abs(timeNs - other.timeNs) <= WITHIN_NS
                    && bytes.regionMatches(0, other.bytes, 0, common);
        }
    }

    /** Recent flows to a host's plugin ports, and from the host. */
    private static final class Door {
        final Deque<Opening> in = new ArrayDeque<>(2);
        final Deque<Opening> out = new ArrayDeque<>(2);
    }

    /** Two flows that carry the same. */
    record Legs(Conversation first, Conversation second) {}

    private final ExpiringMap<Address, Door> doors;

    Redirects(Limits limits) {
        doors = new ExpiringMap<>(limits.of(Bound.PLUGIN_MEMORY), limits.nanosOf(Bound.PLUGIN_SECONDS));
    }

    /** A flow to a plugin's port of the host begins. */
    void begin(Address host, long nowNs) {
        Door known = doors.get(host, nowNs);
        doors.put(host, known == null ? new Door() : known, nowNs);
    }

    /** Takes in what was said first on a flow, with {@code toPlugin} for one to a plugin's port; the legs that it completes, or null. */
    Legs see(Event event, boolean toPlugin) {
        if (doors.isEmpty()) {
            return null;
        }
        Conversation flow = event.flow();
        Door door = doors.get(toPlugin ? flow.server() : flow.client(), event.timeNs());
        if (door == null) {
            return null;
        }
        Opening opening = new Opening(
                flow, event.text(FlowEvents.OPENING_BYTES), event.text(FlowEvents.OPENING_SPEAKER), event.timeNs());
        keep(opening, toPlugin ? door.in : door.out);
        for (Opening other : toPlugin ? door.out : door.in) {
            if (opening.isOf(other) && flow.serverPort() != other.flow.serverPort()) {
                return toPlugin ? new Legs(flow, other.flow) : new Legs(other.flow, flow);
            }
        }
        return null;
    }

    private static void keep(Opening opening, Deque<Opening> openings) {
        openings.addLast(opening);
        while (openings.size() > MOST_OPENINGS || opening.timeNs - openings.peekFirst().timeNs > WITHIN_NS) {
            openings.removeFirst();
        }
    }
}
