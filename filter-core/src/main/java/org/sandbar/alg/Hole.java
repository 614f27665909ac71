package org.sandbar.alg;

import java.util.Objects;
import org.sandbar.wire.Address;

/**
 * What a filter would let in: packets of this transport, from this host (null: any) to this endpoint, for this long. A dormant one
 * stands, but lets nothing in before the other side has agreed. Immutable.
 *
 * @param transport protocol number; port 0 where it has no ports
 * @param toPort the endpoint's port
 * @param permanent it stays when somebody came in, until its time is over
 * @param inspector looks into what comes in, for the same filter; null for nobody
 */
public record Hole(
        int transport,
        Address from,
        Address to,
        int toPort,
        boolean dormant,
        long lifetimeNs,
        boolean permanent,
        Gateway inspector) {
    private static final long SECOND_NS = 1_000_000_000L;

    /** One that lets a single flow in, into which nobody looks. */
    public Hole(int transport, Address from, Address to, int toPort, boolean dormant, long lifetimeNs) {
        this(transport, from, to, toPort, dormant, lifetimeNs, false, null);
    }

    /** One that stands open. */
    public static Hole open(int transport, Address from, Address to, int toPort, int seconds) {
        return new Hole(transport, from, to, toPort, false, seconds * SECOND_NS);
    }

    /** The same, but permanent. */
    public Hole lasting() {
        return new Hole(transport, from, to, toPort, dormant, lifetimeNs, true, inspector);
    }

    /** The same, but looked into. */
    public Hole inspectedBy(Gateway gateway) {
        return new Hole(transport, from, to, toPort, dormant, lifetimeNs, permanent, gateway);
    }

    /** Whether both are for the same packets. */
    public boolean isLike(Hole other) {
        return transport == other.transport
                && toPort == other.toPort
                && to.equals(other.to)
                && Objects.equals(from, other.from);
    }
}
