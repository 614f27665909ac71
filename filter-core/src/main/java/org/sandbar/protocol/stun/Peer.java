package org.sandbar.protocol.stun;

import org.sandbar.wire.Address;

/** An address and a port as an attribute has them. Immutable, any thread. */
record Peer(Address address, int port) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Peer that && port == that.port && address.equals(that.address);
    }

    @Override
    public int hashCode() {
        return 31 * address.hashCode() + port;
    }

    /** Private, of the link, or of the host itself: no relay of somebody else's should go there. */
    boolean isPrivate() {
        return address.isPrivate() || address.isLoopback() || address.isLinkLocal() || address.isUnspecified();
    }
}
