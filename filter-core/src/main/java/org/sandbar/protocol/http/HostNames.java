package org.sandbar.protocol.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.event.Event;
import org.sandbar.flow.Conversation;
import org.sandbar.protocol.ExpiringMap;
import org.sandbar.protocol.Names;
import org.sandbar.wire.Address;

/**
 * Compares the name in {@code Host} with the addresses that the same client was given for it, as Squid does on interception
 * (host_verify_strict), and finds names that were bound to a public address and then to a private one. Nothing is said of a name
 * whose answers were not seen or have run out, nor of a connection that is older than they are, nor where the client means a proxy.
 * State by client and name, bounded, and expired on packet time. Stage 2, one thread.
 */
final class HostNames {
    /** The addresses that a name was given so far, the newest last, and until when the newest answer holds. */
    private static final class Known {
        final List<Address> addresses = new ArrayList<>(2);
        /** The packet from which on none was forgotten: what a connection goes by that began before is not known. */
        long sinceOrdinal;

        long holdsUntilNs;
        long publicNs = Long.MIN_VALUE;
        boolean rebound;

        boolean wasPublic(long nowNs, long withinNs) {
            return publicNs > Long.MIN_VALUE && nowNs - publicNs <= withinNs;
        }
    }

    private final ExpiringMap<ClientAndName, Known> names;
    private final long graceNs;
    private final long rebindingNs;

    HostNames(Limits limits) {
        names = new ExpiringMap<>(limits.of(Bound.DNS_NAMES), limits.nanosOf(Bound.DNS_SECONDS));
        graceNs = limits.nanosOf(Bound.DNS_GRACE_SECONDS);
        rebindingNs = limits.nanosOf(Bound.REBINDING_SECONDS);
    }

    /** What DNS answered a client. */
    void learn(Event answer) {
        ClientAndName key = new ClientAndName(answer.flow().client(), answer.text(Names.NAME));
        long nowNs = answer.timeNs();
        Known known = names.get(key, nowNs);
        if (known == null) {
            known = new Known();
            known.sinceOrdinal = answer.ordinal();
        }
        boolean inside = false;
        for (Object given : (List<?>) answer.get(Names.ADDRESSES)) {
            Address address = (Address) given;
            known.addresses.remove(address);
            if (known.addresses.size() >= Names.MOST_ADDRESSES) {
                known.addresses.remove(0);
                known.sinceOrdinal = answer.ordinal();
            }
            known.addresses.add(address);
            if (address.isPublic()) {
                known.publicNs = nowNs;
            }
            inside |= isInside(address);
        }
        known.rebound |= inside && known.wasPublic(nowNs, rebindingNs);
        known.holdsUntilNs = nowNs + (long) answer.get(Names.TTL) * 1_000_000_000L + graceNs;
        names.put(key, known, nowNs);
    }

    private static boolean isInside(Address address) {
        return address.isPrivate() || address.isLoopback() || address.isLinkLocal() || address.isUnspecified();
    }

    /** A request that names a host. */
    void judge(Event request) {
        String host = request.text(HttpEvents.HOSTNAME);
        if (request.get(HttpEvents.HOST_ADDRESS) != null || request.is(HttpEvents.EXPLICIT_PROXY)) {
            return;
        }
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        request.set(HttpEvents.HOST_SINGLE_LABEL, name.indexOf('.') < 0 ? true : null);
        if (names.isEmpty()) {
            return;
        }
        Conversation flow = request.flow();
        Known known = names.get(new ClientAndName(flow.client(), name.toLowerCase(Locale.ROOT)), request.timeNs());
        if (known == null) {
            return;
        }
        boolean named = known.addresses.contains(flow.server());
        boolean older = flow.firstOrdinal() <= known.sinceOrdinal;
        boolean mismatch = !named && !older && request.timeNs() <= known.holdsUntilNs;
        boolean bound = named && isInside(flow.server());
        boolean rebound = bound && known.rebound && known.wasPublic(request.timeNs(), rebindingNs);
        if (mismatch) {
            request.set(HttpEvents.HOST_MISMATCH, true);
        }
        if (rebound) {
            request.set(HttpEvents.HOST_REBOUND, true);
        }
        if (mismatch || rebound) {
            request.set(HttpEvents.HOST_ADDRESSES, List.copyOf(known.addresses));
        }
    }
}
