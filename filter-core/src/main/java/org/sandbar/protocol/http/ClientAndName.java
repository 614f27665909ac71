package org.sandbar.protocol.http;

import java.util.Objects;
import org.sandbar.wire.Address;

/** A name, or an origin, as one client knows it. Immutable, any thread. */
record ClientAndName(Address client, String name) {
    @Override
    public boolean equals(Object other) {
        return other instanceof ClientAndName that && client.equals(that.client) && Objects.equals(name, that.name);
    }

    @Override
    public int hashCode() {
        return 31 * client.hashCode() + Objects.hashCode(name);
    }
}
