package org.sandbar.flow;

import org.sandbar.wire.Address;

/** Who asked and who was asked, whatever their ports. Immutable, any thread. */
public record Ends(Address client, Address server) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Ends that && client.equals(that.client) && server.equals(that.server);
    }

    @Override
    public int hashCode() {
        return 31 * client.hashCode() + server.hashCode();
    }
}
