package org.sandbar.rule;

import java.time.Instant;
import java.util.List;
import org.sandbar.flow.Conversation;
import org.sandbar.wire.Network;

/**
 * An exception that somebody answers for: a rule does not fire on what these hosts do, until it expires. Networks that are null are not
 * asked for; all others must hold. Immutable, any thread.
 *
 * @param source networks of the client, who opened the flow
 * @param destination networks of the server
 * @param either networks of one or the other
 * @param expires wall-clock time; null where it never does
 */
public record Suppression(
        List<Network> source,
        List<Network> destination,
        List<Network> either,
        String owner,
        String reason,
        Instant expires) {

    boolean isExpired(Instant now) {
        return expires != null && !now.isBefore(expires);
    }

    /** Whether the flow's hosts are those that it speaks of, and it has not expired yet. */
    public boolean covers(Conversation flow) {
        boolean client = source == null || Network.anyContains(source, flow.client());
        boolean server = destination == null || Network.anyContains(destination, flow.server());
        boolean one = either == null
                || Network.anyContains(either, flow.client())
                || Network.anyContains(either, flow.server());
        return client && server && one && !isExpired(Instant.now());
    }
}
