package org.sandbar.engine;

import java.util.List;
import java.util.function.IntPredicate;
import org.sandbar.alg.Armed;
import org.sandbar.bytes.Limits;
import org.sandbar.protocol.Protocol;

/**
 * What stage 1 works by, the same for every shard of a run. Immutable; shared by the shards' threads.
 *
 * @param protocols what is looked for
 * @param armed where gateways' models look
 * @param verifyChecksums packets with a wrong one are counted and passed over
 * @param pluginPorts server ports on which what nobody recognises is measured; may wait until that is known
 */
public record ShardSettings(
        List<Protocol> protocols, Limits limits, Armed armed, boolean verifyChecksums, IntPredicate pluginPorts) {

    /** All protocols and models with their usual bounds; checksums are not looked at, and no port is a plugin's. */
    public static final ShardSettings USUAL =
            new ShardSettings(BuiltIn.PROTOCOLS, Limits.USUAL, Armed.USUAL, false, port -> false);

    public ShardSettings with(Limits limits) {
        return new ShardSettings(protocols, limits, armed, verifyChecksums, pluginPorts);
    }

    public ShardSettings with(Armed armed) {
        return new ShardSettings(protocols, limits, armed, verifyChecksums, pluginPorts);
    }

    public ShardSettings withProtocols(List<Protocol> protocols) {
        return new ShardSettings(protocols, limits, armed, verifyChecksums, pluginPorts);
    }

    public ShardSettings withPluginPorts(IntPredicate pluginPorts) {
        return new ShardSettings(protocols, limits, armed, verifyChecksums, pluginPorts);
    }
}
