package org.sandbar.proxy;

import org.sandbar.wire.Address;

/** What the kernel's translation of addresses is told of data connections. One thread, that of the proxy; a call takes up to milliseconds. */
public interface Ways {
    /** A connection from the server to this port of the router's is led to that port of the client's. */
    record Way(Address server, Address router, int routerPort, Address client, int clientPort) {}

    /** Leads from a port of the router's that is free for this server to the client, for a while; null where the kernel refuses. */
    Way open(Address server, Address router, Address client, int clientPort);

    /** No more; connections that have come stay. */
    void close(Way way);
}
