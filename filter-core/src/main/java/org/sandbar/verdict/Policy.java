package org.sandbar.verdict;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.sandbar.trust.TrustClass;

/**
 * What flows of one class may do inline. Immutable, any thread.
 *
 * @param opensHoles whether a command on such a flow opens a way for its data connection
 * @param answer to such flows
 * @param protocols of which the answer is; none: of all
 */
public record Policy(boolean opensHoles, Answer answer, Set<String> protocols) {
    /** Everything passes, and only whom the evidence shows to be a desktop application opens holes. */
    public static final Map<TrustClass, Policy> USUAL = Map.of(
            TrustClass.SANDBOXED, new Policy(false, Answer.ACCEPT, Set.of()),
            TrustClass.UNKNOWN, new Policy(false, Answer.ACCEPT, Set.of()),
            TrustClass.TRUSTED, new Policy(true, Answer.ACCEPT, Set.of()));

    /** The answer to a flow of this protocol, which is null while nobody has recognised it. */
    public Answer answerTo(String protocol) {
        return protocols.isEmpty() || protocol != null && protocols.contains(protocol) ? answer : Answer.ACCEPT;
    }

    /** These policies with one in place of another. */
    public static Map<TrustClass, Policy> with(Map<TrustClass, Policy> policies, TrustClass of, Policy policy) {
        Map<TrustClass, Policy> changed = new EnumMap<>(policies);
        changed.put(of, policy);
        return changed;
    }
}
