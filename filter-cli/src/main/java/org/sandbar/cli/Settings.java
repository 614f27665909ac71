package org.sandbar.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.sandbar.alg.Armed;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.engine.BuiltIn;
import org.sandbar.engine.ShardSettings;
import org.sandbar.protocol.Site;
import org.sandbar.rule.Tuning;
import org.sandbar.rule.Variables;
import org.sandbar.trust.Trust;
import org.sandbar.trust.TrustClass;
import org.sandbar.trust.TrustTable;
import org.sandbar.trust.TrustTable.PortRange;
import org.sandbar.trust.TrustTable.Weight;
import org.sandbar.verdict.Policy;
import org.sandbar.wire.Network;
import org.sandbar.yaml.Fault;
import org.sandbar.yaml.Spelling;
import org.sandbar.yaml.YamlFile;
import org.sandbar.yaml.YamlList;
import org.sandbar.yaml.YamlMap;
import org.sandbar.yaml.YamlNode;
import org.sandbar.yaml.YamlScalar;

/**
 * What a user can set by name, in a configuration file ({@code -c}) or on the command line ({@code --set key=value}, which wins): the
 * bounds of {@link Limits} as {@code limits.NAME}, and plugin port ranges as {@code ranges.NAME} with {@code FIRST-LAST}, or
 * {@code none} to take one away, groups of FTP servers that transfer among each other as {@code fxp.NAME}, what a signal of the table of
 * trust weighs as {@code weights.SIGNAL}, from where on a flow is called something as {@code thresholds.CLASS}, and the networks that the
 * user vouches for as {@code trusted.servers} and {@code trusted.clients}; and the server ports on which a filter's gateway looks, as
 * {@code alg.FILTER.PROTOCOL}, or {@code none}; and what guard does by class, as {@link PolicySettings} has it. What rules call {@code %NAME%} is {@code variables.NAME}. What a file says of rules under
 * {@code rules} is a list, which no command line replaces: of several files it is appended. Where files set the same key, the later wins.
 */
final class Settings {
    private static final String LIMITS = "limits";
    private static final String RANGES = "ranges";
    private static final String FXP = "fxp";
    private static final String WEIGHTS = "weights";
    private static final String THRESHOLDS = "thresholds";
    private static final String TRUSTED = "trusted";
    private static final String ALG = "alg";
    private static final String VARIABLES = "variables";
    private static final String RULES = "rules";
    private static final String POLICY = "policy";
    private static final String SERVERS = "servers";
    private static final String CLIENTS = "clients";
    private static final List<String> THRESHOLD_NAMES = List.of(TrustClass.SANDBOXED.key(), TrustClass.TRUSTED.key());
    private static final List<String> TRUSTED_NAMES = List.of(SERVERS, CLIENTS);
    /** What a weight or a threshold may be, at most, either side of zero. */
    private static final double LARGEST_WEIGHT = 100;

    private Limits limits = Limits.USUAL;
    private final Map<String, int[]> ranges = new LinkedHashMap<>();
    private final Map<String, List<Network>> transferGroups = new LinkedHashMap<>();
    private final Map<String, Double> weights = new LinkedHashMap<>();
    private final Map<String, Double> thresholds = new LinkedHashMap<>();
    private final Map<String, List<Network>> trusted = new LinkedHashMap<>();

    private final Map<String, List<Integer>> armed = new LinkedHashMap<>();
    private final Map<String, List<String>> variables = new LinkedHashMap<>();
    private final PolicySettings policy = new PolicySettings();
    private final List<YamlMap> tuning = new ArrayList<>();
    /** Of the files; more come when what they say of rules is understood. */
    private final List<Fault> faults = new ArrayList<>();

    Armed armed() {
        return new Armed(Map.copyOf(armed));
    }

    /** What guard does by what a flow is taken for. */
    Map<TrustClass, Policy> policies() {
        return policy.policies();
    }

    Limits limits() {
        return limits;
    }

    /** What stage 1 goes by; {@code pluginPort} knows the ports of plugins. */
    ShardSettings shardSettings(boolean verifiesChecksums, IntPredicate pluginPort) {
        return new ShardSettings(BuiltIn.PROTOCOLS, limits(), armed(), verifiesChecksums, pluginPort);
    }

    Site site() {
        return new Site(List.copyOf(transferGroups.values()));
    }

    /** What the team decides over rules. */
    Tuning tuning() {
        return new Tuning(Variables.USUAL.with(variables), List.copyOf(tuning), Instant.now(), faults);
    }

    /** Reads configuration files in this order; all faults of all of them are told at once. */
    void read(List<Path> files) {
        for (Path file : files) {
            for (YamlNode document : YamlFile.read(file, faults)) {
                YamlMap top = document.asMap();
                if (top != null) {
                    read(top);
                }
            }
        }
        if (!faults.isEmpty()) {
            throw new Failure(ExitCode.USAGE, Fault.text(faults));
        }
    }

    private void read(YamlMap top) {
        top.allowOnly(List.of(LIMITS, RANGES, FXP, WEIGHTS, THRESHOLDS, TRUSTED, ALG, VARIABLES, RULES, POLICY));
        for (YamlMap.Entry group : top.entries()) {
            YamlMap members = group.value().asMap();
            if (members != null && group.key().text().equals(RULES)) {
                tuning.add(members);
            } else if (members != null) {
                members.entries().forEach(member -> read(group.key().text(), member));
            }
        }
    }

    private void read(String group, YamlMap.Entry member) {
        String key = group + '.' + member.key().text();
        if (group.equals(POLICY) && member.value() instanceof YamlMap inner) {
            inner.entries().forEach(innermost -> read(key, innermost));
            return;
        }
        String value = value(member.value());
        try {
            if (value != null) {
                set(key, value);
            }
        } catch (IllegalArgumentException wrong) {
            member.key().fault(wrong.getMessage());
        }
    }

    /** A number stands in a configuration without quotes, and several values may stand in a list. */
    private static String value(YamlNode node) {
        List<String> values = new ArrayList<>();
        for (YamlNode one : node instanceof YamlList ? node.asList() : List.of(node)) {
            String value = one instanceof YamlScalar scalar ? scalar.text() : one.asText();
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return String.join(",", values);
    }

    /**
     * Sets one value.
     *
     * @throws IllegalArgumentException where the key or the value is wrong; the message says how it should be
     */
    void set(String key, String value) {
        int dot = key.indexOf('.');
        String group = dot < 0 ? key : key.substring(0, dot);
        String name = dot < 0 ? "" : key.substring(dot + 1);
        if (group.equals(LIMITS)) {
            setLimit(name, value);
        } else if (group.equals(RANGES) && !name.isEmpty()) {
            ranges.put(name, range(name, value));
        } else if (group.equals(FXP) && !name.isEmpty()) {
            transferGroups.put(name, networks(key, value));
        } else if (group.equals(WEIGHTS) && Knowledge.signals().contains(name)) {
            weights.put(name, decimal(key, value));
        } else if (group.equals(THRESHOLDS) && THRESHOLD_NAMES.contains(name)) {
            thresholds.put(name, decimal(key, value));
        } else if (group.equals(ALG) && Armed.names().contains(name)) {
            armed.put(name, ports(key, value));
        } else if (group.equals(TRUSTED) && TRUSTED_NAMES.contains(name)) {
            trusted.put(name, networks(key, value));
        } else if (group.equals(POLICY) && PolicySettings.known().contains(name)) {
            policy.set(name, value);
        } else if (group.equals(VARIABLES) && Variables.isName(name)) {
            variables.put(name, values(key, value));
        } else {
            throw new IllegalArgumentException("unknown key '" + key + "'" + Spelling.hint(key, known()));
        }
    }

    private void setLimit(String name, String value) {
        for (Bound bound : Bound.values()) {
            if (bound.key().equals(name)) {
                try {
                    limits = limits.with(bound, Long.parseLong(value));
                    return;
                } catch (NumberFormatException word) {
                    throw new IllegalArgumentException(
                            "limits." + name + " must be a whole number, not '" + value + "'");
                }
            }
        }
        throw new IllegalArgumentException(
                "unknown key 'limits." + name + "'" + Spelling.hint("limits." + name, known()));
    }

    private static int[] range(String name, String value) {
        if (value.equals("none")) {
            return new int[0];
        }
        String[] ends = value.split("-", -1);
        try {
            int first = Integer.parseInt(ends[0].trim());
            int last = Integer.parseInt(ends[ends.length - 1].trim());
            if (ends.length <= 2 && first >= 0 && first <= last && last <= 65_535) {
                return new int[] {first, last};
            }
        } catch (NumberFormatException word) {
            // Told below, with the form that is right.
        }
        throw new IllegalArgumentException(
                "ranges." + name + " must be ports as FIRST-LAST from 0 to 65535, or 'none', not '" + value + "'");
    }

    private static List<Integer> ports(String key, String value) {
        List<Integer> ports = new ArrayList<>();
        try {
            for (String word :
                    value.equals("none") ? new String[0] : value.trim().split("[, ]+")) {
                ports.add(Integer.valueOf(word));
            }
        } catch (NumberFormatException word) {
            ports.add(-1);
        }
        for (int port : ports) {
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException(key
                        + " must be ports from 1 to 65535 with commas between them, or 'none', not '" + value + "'");
            }
        }
        return ports;
    }

    private static double decimal(String key, String value) {
        try {
            double number = Double.parseDouble(value);
            if (Math.abs(number) <= LARGEST_WEIGHT) {
                return number;
            }
        } catch (NumberFormatException word) {
            // Told below, with the form that is right.
        }
        throw new IllegalArgumentException(key + " must be a number from -100 to 100, not '" + value + "'");
    }

    private static List<Network> networks(String key, String value) {
        List<Network> networks = new ArrayList<>();
        for (String word : value.trim().split("[, ]+")) {
            Network network = Network.parse(word);
            if (network == null) {
                throw new IllegalArgumentException(key
                        + " must be addresses or networks with commas between them, such as 192.0.2.1,198.51.100.0/24; '"
                        + word + "' is none");
            }
            networks.add(network);
        }
        return networks;
    }

    /** With commas between them; none are none. That of home is of networks, whoever uses it. */
    private static List<String> values(String key, String value) {
        List<String> values = new ArrayList<>();
        for (String one : value.isEmpty() || value.equals("none") ? new String[0] : value.split(",")) {
            values.add(one.strip());
        }
        if (key.equals(VARIABLES + '.' + Variables.HOME_NET)) {
            values.forEach(network -> networks(key, network));
        }
        return values;
    }

    private static List<String> known() {
        List<String> known = new ArrayList<>();
        for (Bound bound : Bound.values()) {
            known.add("limits." + bound.key());
        }
        known.add("ranges.silverlight");
        known.add("fxp.servers");
        Knowledge.signals().forEach(signal -> known.add(WEIGHTS + '.' + signal));
        THRESHOLD_NAMES.forEach(name -> known.add(THRESHOLDS + '.' + name));
        Armed.names().forEach(name -> known.add(ALG + '.' + name));
        TRUSTED_NAMES.forEach(name -> known.add(TRUSTED + '.' + name));
        known.add(VARIABLES + '.' + Variables.HOME_NET);
        PolicySettings.known().forEach(name -> known.add(POLICY + '.' + name));
        return known;
    }

    /** The table with what the user set in place of its own of the same name. */
    TrustTable apply(TrustTable table) {
        Map<String, Weight> weighed = new LinkedHashMap<>(table.weights());
        weights.forEach((signal, weight) -> weighed.computeIfPresent(signal, (name, row) -> row.weighing(weight)));
        double sandboxed = thresholds.getOrDefault(TrustClass.SANDBOXED.key(), table.sandboxedFrom());
        double trustedTo = thresholds.getOrDefault(TrustClass.TRUSTED.key(), table.trustedTo());
        if (sandboxed <= trustedTo) {
            throw new Failure(ExitCode.USAGE, "thresholds.sandboxed must be above thresholds.trusted");
        }
        return new TrustTable(
                sandboxed,
                trustedTo,
                table.entropyFrom(),
                merge(table.ranges(), weighed),
                weighed,
                table.fingerprints(),
                table.executables(),
                trusted.getOrDefault(SERVERS, List.of()),
                trusted.getOrDefault(CLIENTS, List.of()));
    }

    private List<PortRange> merge(List<PortRange> shipped, Map<String, Weight> weighed) {
        Map<String, PortRange> merged = new LinkedHashMap<>();
        for (PortRange range : shipped) {
            Weight signal = weighed.get(range.signal().signal());
            merged.put(range.name(), new PortRange(range.name(), range.first(), range.last(), signal));
        }
        ranges.forEach((name, ends) -> {
            PortRange before = merged.remove(name);
            if (ends.length == 2) {
                Weight signal = before != null ? before.signal() : weighed.get(Trust.PLUGIN_PORT.name());
                merged.put(name, new PortRange(name, ends[0], ends[1], signal));
            }
        });
        return List.copyOf(merged.values());
    }
}
