package org.sandbar.alg.linux;

import java.util.List;
import org.sandbar.alg.Gateway;

/** What the kernel's gateways have in common: a name, a transport, and the one port that is theirs. Stateless, any thread. */
abstract class LinuxGateway implements Gateway {
    private final String filter;
    private final String protocol;
    private final int transport;
    private final List<Integer> usualPorts;

    LinuxGateway(String filter, String protocol, int transport, int usualPort) {
        this.filter = filter;
        this.protocol = protocol;
        this.transport = transport;
        usualPorts = List.of(usualPort);
    }

    @Override
    public final String filter() {
        return filter;
    }

    @Override
    public final String protocol() {
        return protocol;
    }

    @Override
    public final int transport() {
        return transport;
    }

    @Override
    public final List<Integer> usualPorts() {
        return usualPorts;
    }
}
