package org.sandbar.wire;

import java.util.Objects;

/** One end of a transport, as RFC 9293 calls it; the port is 0 where the protocol, an IP protocol's number, has none. Immutable, any thread. */
public record Socket(int protocol, Address address, int port) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Socket that
                && port == that.port
                && protocol == that.protocol
                && Objects.equals(address, that.address);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Objects.hashCode(address) + port) + protocol;
    }
}
