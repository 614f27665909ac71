package org.sandbar.protocol;

import java.util.List;
import org.sandbar.wire.Address;
import org.sandbar.wire.Network;

/**
 * What the user says of the hosts at hand, which no packet tells: groups of FTP servers that transfer among each other on purpose
 * (FXP). Immutable, any thread.
 */
public record Site(List<List<Network>> transferGroups) {
    public static final Site UNKNOWN = new Site(List.of());

    /** Whether both are of one group. */
    public boolean transfersAmong(Address one, Address other) {
        for (List<Network> group : transferGroups) {
            if (Network.anyContains(group, one) && Network.anyContains(group, other)) {
                return true;
            }
        }
        return false;
    }
}
