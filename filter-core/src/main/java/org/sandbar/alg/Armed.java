package org.sandbar.alg;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sandbar.alg.ftpproxy.FtpProxy;
import org.sandbar.alg.libalias.LibaliasFtp;
import org.sandbar.alg.linux.Linux;

/**
 * Which gateways look at which ports: their usual ones, or those that the user names by filter and protocol ({@code linux.ftp}).
 * Immutable, any thread.
 */
public record Armed(Map<String, List<Integer>> ports) {
    public static final Armed USUAL = new Armed(Map.of());

    /** All gateways of all filters. */
    public static final List<Gateway> GATEWAYS = gateways();

    private static List<Gateway> gateways() {
        List<Gateway> all = new ArrayList<>(Linux.GATEWAYS);
        all.add(new LibaliasFtp());
        all.add(new FtpProxy());
        return List.copyOf(all);
    }

    /** The gateways of one filter alone, on their usual ports. */
    public static Armed only(String filter) {
        Map<String, List<Integer>> others = new HashMap<>();
        for (Gateway gateway : GATEWAYS) {
            if (!gateway.filter().equals(filter)) {
                others.put(nameOf(gateway), List.of());
            }
        }
        return new Armed(Map.copyOf(others));
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
