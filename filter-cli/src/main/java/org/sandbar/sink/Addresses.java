package org.sandbar.sink;

import java.io.IOException;
import java.net.InetSocketAddress;

/** Names looked up anew for each connection, for a host that moves. Stateless. */
final class Addresses {
    private Addresses() {}

    static InetSocketAddress of(String host, int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new IOException(host + " has no address");
        }
        return address;
    }
}
