package org.sandbar.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sandbar.engine.BuiltIn;
import org.sandbar.trust.TrustClass;
import org.sandbar.verdict.Answer;
import org.sandbar.verdict.Policy;
import org.sandbar.yaml.Spelling;

/**
 * What guard does with flows by what they are taken for, as a user sets it: {@code policy.CLASS.alg} says whether such a flow opens the way
 * for its data connection, {@code policy.CLASS.action} what becomes of such flows, and {@code policy.CLASS.protocols} of which protocols.
 */
final class PolicySettings {
    private static final String ALG = "alg";
    private static final String ACTION = "action";
    private static final String PROTOCOLS = "protocols";
    private static final List<String> NAMES = List.of(ALG, ACTION, PROTOCOLS);

    private Map<TrustClass, Policy> policies = Policy.USUAL;

    Map<TrustClass, Policy> policies() {
        return policies;
    }

    /** The names behind {@code policy.} that can be set. */
    static List<String> known() {
        return Set.of(TrustClass.values()).stream()
                .flatMap(trustClass -> NAMES.stream().map(name -> trustClass.key() + '.' + name))
                .sorted()
                .toList();
    }

    /** Sets one of {@link #known}. */
    void set(String name, String value) {
        int dot = name.indexOf('.');
        TrustClass of = TrustClass.valueOf(name.substring(0, dot).toUpperCase(Locale.ROOT));
        Policy before = policies.get(of);
        Policy now =
                switch (name.substring(dot + 1)) {
                    case ALG -> new Policy(allows(name, value), before.answer(), before.protocols());
                    case ACTION -> new Policy(before.opensHoles(), answer(name, value), before.protocols());
                    default -> new Policy(before.opensHoles(), before.answer(), protocols(name, value));
                };
        policies = Policy.with(policies, of, now);
    }

    private static boolean allows(String name, String value) {
        return switch (value) {
            case "allow" -> true;
            case "deny" -> false;
            default -> throw wrong(name, "allow or deny", value);
        };
    }

    private static Answer answer(String name, String value) {
        for (Answer answer : Answer.values()) {
            if (answer.name().toLowerCase(Locale.ROOT).equals(value)) {
                return answer;
            }
        }
        throw wrong(name, "accept, drop or reject", value);
    }

    private static Set<String> protocols(String name, String value) {
        if (value.equals("all")) {
            return Set.of();
        }
        List<String> known = BuiltIn.PROTOCOLS.stream()
                .map(protocol -> protocol.name())
                .distinct()
                .toList();
        for (String protocol : value.split("[, ]+")) {
            if (!known.contains(protocol)) {
                throw new IllegalArgumentException("policy." + name + ": no protocol is called '" + protocol + "'"
                        + Spelling.hint(protocol, known) + "; or 'all'");
            }
        }
        return Set.of(value.split("[, ]+"));
    }

    private static IllegalArgumentException wrong(String name, String right, String value) {
        return new IllegalArgumentException("policy." + name + " must be " + right + ", not '" + value + "'");
    }
}
