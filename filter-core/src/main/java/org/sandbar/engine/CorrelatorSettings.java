package org.sandbar.engine;

import java.util.List;
import org.sandbar.bytes.Limits;
import org.sandbar.protocol.Protocol;
import org.sandbar.protocol.Site;
import org.sandbar.rule.RuleSet;
import org.sandbar.trust.Owners;
import org.sandbar.trust.TrustTable;

/**
 * What stage 2 goes by. Immutable, any thread.
 *
 * @param trust the table of trust
 * @param owners knows the processes behind flows that are this machine's
 */
public record CorrelatorSettings(
        List<Protocol> protocols, TrustTable trust, Owners owners, RuleSet rules, Limits limits, Site site) {}
