package org.sandbar.proxy;

import org.sandbar.wire.Address;

/** What the kernel's translation of addresses is told of data connections. One thread, that of the proxy; a call may take milliseconds. */
public interface Ways {
    /** A connection from the server to this port of the router's is led to that port of the client's. */
    record Way(Address server, Address router, int routerPort, Address client, int clientPort) {}

    /** Leads it so for a while; false where there is one to that port already, or the kernel refuses. */
    boolean open(Way way);

    /** No more; connections that have come stay. */
    void close(Way way);
}
