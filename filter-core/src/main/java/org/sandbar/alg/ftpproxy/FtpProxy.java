package org.sandbar.alg.ftpproxy;

import java.util.List;
import org.sandbar.alg.Gateway;
import org.sandbar.alg.Holes;
import org.sandbar.alg.Inspection;
import org.sandbar.flow.Flow;
import org.sandbar.wire.Packet;

/**
 * {@code ftp-proxy.c}: a program between the two hosts that reads lines, not packets. What a line names as address is not looked at: the
 * hole goes to the host that sent it. A line that it does not like ends the session. Of a session's holes the last one stands alone,
 * until the session ends. Stateless, any thread.
 */
public final class FtpProxy implements Gateway {
    static final String NAME = "ftp-proxy";

    @Override
    public String filter() {
        return NAME;
    }

    @Override
    public String protocol() {
        return "ftp";
    }

    @Override
    public int transport() {
        return Packet.TCP;
    }

    @Override
    public List<Integer> usualPorts() {
        return List.of(21);
    }

    @Override
    public Inspection inspect(Flow flow, Holes holes) {
        return new FtpProxySession(this, flow, holes);
    }
}
