package org.sandbar.alg.linux.h323;

import java.util.List;
import org.sandbar.alg.Gateway;
import org.sandbar.alg.Holes;
import org.sandbar.alg.Inspection;
import org.sandbar.flow.Flow;
import org.sandbar.wire.Packet;

/**
 * {@code nf_conntrack_h323_main.c}: the kernel's three gateways for H.323, each of which lets the next one look into what comes through
 * its holes. Registrations with a gatekeeper (RAS) open call signalling (Q.931), that opens media control (H.245), and this media. What
 * it does only where addresses are translated is not in it, nor is what closes holes early (an unregistration). Stateless, any thread.
 */
public final class LinuxH323 implements Gateway {
    public static final Gateway Q931 = new LinuxH323("h323", Packet.TCP, List.of(1720));
    /** Has no port of its own: calls name one. */
    public static final Gateway H245 = new LinuxH323("h245", Packet.TCP, List.of());

    public static final Gateway RAS = new LinuxH323("ras", Packet.UDP, List.of(1719));
    /** Looks into a flow that another one's gatekeeper named: that one names no more. */
    static final Gateway NAMED_RAS = new LinuxH323("ras", Packet.UDP, List.of());

    private final String protocol;
    private final int transport;
    private final List<Integer> usualPorts;

    private LinuxH323(String protocol, int transport, List<Integer> usualPorts) {
        this.protocol = protocol;
        this.transport = transport;
        this.usualPorts = usualPorts;
    }

    @Override
    public String filter() {
        return "linux";
    }

    @Override
    public String protocol() {
        return protocol;
    }

    @Override
    public int transport() {
        return transport;
    }

    @Override
    public List<Integer> usualPorts() {
        return usualPorts;
    }

    @Override
    public Inspection inspect(Flow flow, Holes holes) {
        Openings openings = new Openings(this, flow, holes);
        return transport == Packet.UDP ? new Registration(openings) : new Call(openings, this == H245);
    }
}
