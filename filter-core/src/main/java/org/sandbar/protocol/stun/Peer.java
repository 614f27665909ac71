package org.sandbar.protocol.stun;

import org.sandbar.wire.Address;

/** An address and a port as an attribute has them. Immutable, any thread. */
record Peer(Address address, int port) {
    /** Private, of the link, or of the host itself: no relay of somebody else's should go there. */
    boolean isPrivate() {
        return address.isPrivate() || address.isLoopback() || address.isLinkLocal() || address.isUnspecified();
    }
}
