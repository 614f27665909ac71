package org.sandbar.trust;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.sandbar.wire.Network;
import org.sandbar.yaml.Fault;
import org.sandbar.yaml.Spelling;
import org.sandbar.yaml.YamlFile;
import org.sandbar.yaml.YamlMap;
import org.sandbar.yaml.YamlNode;

/**
 * The table that trust is decided by: the weight of each signal (a log-likelihood: above zero it speaks for sandboxed content, below
 * for a desktop application), the agent that it names, the two thresholds of the sum, the entropy from which bytes look random, the port
 * ranges of plugins, the programs that are known by a fingerprint, and the signals of executables, by name or whole path, read from
 * {@code trust.yaml}; and the networks that the user vouches for. Immutable, any thread.
 */
public record TrustTable(
        double sandboxedFrom,
        double trustedTo,
        double entropyFrom,
        List<PortRange> ranges,
        Map<String, Weight> weights,
        Map<String, Fingerprint> fingerprints,
        Map<String, String> executables,
        List<Network> trustedServers,
        List<Network> trustedClients) {
    /**
     * A signal's row. The agent is null where the signal does not tell which program speaks. A flow with one that bars is not called
     * trusted for what its client says, however much that is, unless one vouches for it.
     */
    public record Weight(
            String signal, double weight, String agent, String meaning, String source, boolean bars, boolean vouches) {
        /** The same signal with another weight. */
        public Weight weighing(double other) {
            return new Weight(signal, other, agent, meaning, source, bars, vouches);
        }
    }

    /** Server ports that a plugin uses, both ends included, and the signal that a flow to them states. */
    public record PortRange(String name, int first, int last, Weight signal) {
        boolean holds(int port) {
            return port >= first && port <= last;
        }
    }

    /** A program that is known by how it speaks, and the signal that its name states. */
    public record Fingerprint(String program, Weight signal) {}

    private static final int HIGHEST_PORT = 65_535;
    /** In a fingerprint, stands for the first part of a JA4, which is different for each server and protocol above. */
    private static final String ANY = "*";

    private static final Pattern JA4 = Pattern.compile("(\\*|[a-z]\\w{9})_[0-9a-f]{12}_[0-9a-f]{12}");

    /** The range that the port is in, or null. */
    public PortRange rangeOf(int port) {
        for (PortRange range : ranges) {
            if (range.holds(port)) {
                return range;
            }
        }
        return null;
    }

    /** The program of this JA4, by all of it or by what is behind the first part, or null. */
    Fingerprint fingerprint(String ja4) {
        Fingerprint known = fingerprints.get(ja4);
        return known != null ? known : fingerprints.get(ANY + ja4.substring(Math.max(0, ja4.indexOf('_'))));
    }

    /** The signal that this executable states, by its path or its name, or null. */
    String signalOf(String executable) {
        String signal = executables.get(executable);
        return signal != null ? signal : executables.get(executable.substring(executable.lastIndexOf('/') + 1));
    }

    /**
     * Reads the table.
     *
     * @param known signals that the program can state; one in the file that is not among them is a fault, and so is one that is missing
     * @param faults gets what is wrong
     * @return the table, or null where there was a fault
     */
    public static TrustTable read(Path path, List<String> known, List<Fault> faults) {
        int before = faults.size();
        List<YamlNode> documents = YamlFile.read(path, faults);
        if (faults.size() > before || documents.isEmpty()) {
            return null;
        }
        YamlMap top = documents.get(0).asMap();
        if (top == null) {
            return null;
        }
        top.allowOnly(List.of("thresholds", "ranges", "signals", "fingerprints", "executables"));
        Map<String, Weight> weights = readWeights(top.need("signals"), known);
        List<PortRange> ranges = readRanges(top.need("ranges"), weights);
        Map<String, Fingerprint> fingerprints = readFingerprints(top.need("fingerprints"), weights);
        Map<String, String> executables = readExecutables(top.need("executables"), weights);
        YamlNode thresholdsNode = top.need("thresholds");
        YamlMap thresholds = thresholdsNode == null ? null : thresholdsNode.asMap();
        Double sandboxed = decimal(thresholds, "sandboxed");
        Double trusted = decimal(thresholds, "trusted");
        Double entropy = decimal(thresholds, "entropy");
        if (sandboxed != null && trusted != null && sandboxed <= trusted) {
            thresholds.fault("the threshold 'sandboxed' must be above 'trusted'");
        }
        return faults.size() > before
                ? null
                : new TrustTable(
                        sandboxed,
                        trusted,
                        entropy,
                        List.copyOf(ranges),
                        weights,
                        fingerprints,
                        executables,
                        List.of(),
                        List.of());
    }

    private static Map<String, Weight> readWeights(YamlNode node, List<String> known) {
        Map<String, Weight> weights = new LinkedHashMap<>();
        YamlMap map = node == null ? null : node.asMap();
        if (map == null) {
            return weights;
        }
        for (YamlMap.Entry entry : map.entries()) {
            String signal = entry.key().asText();
            if (signal != null && !known.contains(signal)) {
                entry.key().fault("no signal is called '" + signal + "'" + Spelling.hint(signal, known));
            }
            YamlMap row = entry.value().asMap();
            if (signal == null || row == null) {
                continue;
            }
            row.allowOnly(List.of("weight", "agent", "meaning", "source", "bars", "vouches"));
            Double weight = decimal(row, "weight");
            String meaning = text(row, "meaning");
            if (weight != null && meaning != null) {
                String agent = row.get("agent") == null ? null : text(row, "agent");
                String source = row.get("source") == null ? null : text(row, "source");
                weights.put(
                        signal,
                        new Weight(signal, weight, agent, meaning, source, flag(row, "bars"), flag(row, "vouches")));
            }
        }
        for (String signal : known) {
            if (!weights.containsKey(signal) && map.get(signal) == null) {
                map.fault(
                        "the signal '" + signal + "' has no row; give it one, with weight 0 where it is not to count");
            }
        }
        return weights;
    }

    private static boolean flag(YamlMap row, String key) {
        YamlNode node = row.get(key);
        return node != null && Boolean.TRUE.equals(node.asFlag());
    }

    private static List<PortRange> readRanges(YamlNode node, Map<String, Weight> weights) {
        List<PortRange> ranges = new ArrayList<>();
        List<YamlNode> rows = node == null ? null : node.asList();
        if (rows == null) {
            return ranges;
        }
        for (YamlNode element : rows) {
            YamlMap row = element.asMap();
            if (row == null) {
                continue;
            }
            row.allowOnly(List.of("name", "first", "last", "signal"));
            String name = text(row, "name");
            Long first = number(row, "first");
            Long last = number(row, "last");
            Weight signal = signal(row, weights);
            if (first != null && last != null && first > last) {
                row.get("first").fault("the range's first port must not be above its last");
            } else if (name != null && first != null && last != null && signal != null) {
                ranges.add(new PortRange(name, first.intValue(), last.intValue(), signal));
            }
        }
        return ranges;
    }

    private static Map<String, Fingerprint> readFingerprints(YamlNode node, Map<String, Weight> weights) {
        Map<String, Fingerprint> fingerprints = new HashMap<>();
        List<YamlNode> rows = node == null ? null : node.asList();
        if (rows == null) {
            return fingerprints;
        }
        for (YamlNode element : rows) {
            YamlMap row = element.asMap();
            if (row == null) {
                continue;
            }
            row.allowOnly(List.of("ja4", "program", "signal"));
            String ja4 = text(row, "ja4");
            String program = text(row, "program");
            Weight signal = signal(row, weights);
            if (ja4 != null && !JA4.matcher(ja4).matches()) {
                row.get("ja4")
                        .fault("a JA4 is written as t13d1516h2_8daaf6152771_e5627efa2ab1, or with * as first part");
            } else if (ja4 != null && program != null && signal != null) {
                fingerprints.put(ja4, new Fingerprint(program, signal));
            }
        }
        return fingerprints;
    }

    private static Map<String, String> readExecutables(YamlNode node, Map<String, Weight> weights) {
        Map<String, String> executables = new HashMap<>();
        YamlMap map = node == null ? null : node.asMap();
        if (map == null) {
            return executables;
        }
        for (YamlMap.Entry entry : map.entries()) {
            String signal = entry.key().asText();
            List<String> names = entry.value().asTexts();
            if (signal != null && names != null && isSignal(entry.key(), signal, weights)) {
                names.forEach(name -> executables.put(name, signal));
            }
        }
        return executables;
    }

    /** The row of the signal that is named here, or null, which is a fault. */
    private static Weight signal(YamlMap row, Map<String, Weight> weights) {
        String signal = text(row, "signal");
        return signal != null && isSignal(row.get("signal"), signal, weights) ? weights.get(signal) : null;
    }

    private static boolean isSignal(YamlNode node, String signal, Map<String, Weight> weights) {
        if (!weights.containsKey(signal)) {
            node.fault(
                    "no signal is called '" + signal + "'" + Spelling.hint(signal, new ArrayList<>(weights.keySet())));
        }
        return weights.containsKey(signal);
    }

    private static Double decimal(YamlMap map, String key) {
        YamlNode node = map == null ? null : map.need(key);
        return node == null ? null : node.asDecimal();
    }

    private static Long number(YamlMap map, String key) {
        YamlNode node = map.need(key);
        return node == null ? null : node.asNumber(0, HIGHEST_PORT);
    }

    private static String text(YamlMap map, String key) {
        YamlNode node = map.need(key);
        return node == null ? null : node.asText();
    }
}
