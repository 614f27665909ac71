package org.sandbar.alg;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.sandbar.alg.ftpproxy.FtpProxy;
import org.sandbar.alg.libalias.LibaliasFtp;
import org.sandbar.alg.linux.Linux;
import org.sandbar.alg.linux.LinuxSip;
import org.sandbar.wire.Packet;

/**
 * Which gateways look at which ports: their usual ones, or those that the user names by filter and protocol ({@code linux.ftp}).
 * Immutable, any thread.
 */
public record Armed(Map<String, List<Integer>> ports) {
    public static final Armed USUAL = new Armed(Map.of());

    /** All gateways of all filters. */
    public static final List<Gateway> GATEWAYS = gateways();

    /**
     * A filter that does not put fragments together, as some home routers do not: to it each is a packet. Its source is not known, so it
     * reads SIP as Linux does, and here it is shown only what a filter that puts them together would not see.
     */
    public static final Gateway PER_FRAGMENT = new LinuxSip("per-fragment", Packet.UDP);

    private static final List<Gateway> ALL =
            Stream.concat(GATEWAYS.stream(), Stream.of(PER_FRAGMENT)).toList();

    private static List<Gateway> gateways() {
        List<Gateway> all = new ArrayList<>(Linux.GATEWAYS);
        all.add(new LibaliasFtp());
        all.add(new FtpProxy());
        return List.copyOf(all);
    }

    /** The gateways of one filter alone, on their usual ports. */
    public static Armed only(String filter) {
        Map<String, List<Integer>> others = new HashMap<>();
        for (Gateway gateway : ALL) {
            if (!gateway.filter().equals(filter)) {
                others.put(nameOf(gateway), List.of());
            }
        }
        return new Armed(Map.copyOf(others));
    }

    /** The names by which a user arms gateways. */
    public static List<String> names() {
        return ALL.stream().map(Armed::nameOf).toList();
    }

    /** The name by which a user arms a gateway. */
    public static String nameOf(Gateway gateway) {
        return gateway.filter() + '.' + gateway.protocol();
    }

    /** The server ports on which a gateway looks. */
    public List<Integer> portsOf(Gateway gateway) {
        return ports.getOrDefault(nameOf(gateway), gateway.usualPorts());
    }
}
