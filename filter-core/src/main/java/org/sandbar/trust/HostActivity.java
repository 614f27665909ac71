package org.sandbar.trust;

import java.util.Map;
import org.sandbar.wire.Address;

/**
 * What a client did as one agent of one class, all flows together: how many, how many bytes both ways with the link layer's, and which
 * signals were seen on how many of them. The host is null for all clients beyond the bound, the agent where none was named. Immutable.
 */
public record HostActivity(
        Address host, TrustClass trustClass, String agent, long flows, long bytes, Map<String, Long> signals) {}
