package org.sandbar.rule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.sandbar.rule.Rule.Action;
import org.sandbar.rule.Rule.Level;
import org.sandbar.rule.Threshold.Track;
import org.sandbar.rule.Threshold.Type;
import org.sandbar.wire.Network;
import org.sandbar.yaml.YamlList;
import org.sandbar.yaml.YamlMap;
import org.sandbar.yaml.YamlNode;
import org.sandbar.yaml.YamlScalar;

/**
 * Reads the sections {@code rules} of a team's configuration against the rules as their files state them, so that the order of files
 * decides only what two of them say of the same rule: then the later one holds.
 */
final class TuningReader {
    private static final String OVERRIDE = "override";
    private static final String SUPPRESS = "suppress";
    private static final String THRESHOLD = "threshold";
    private static final String RULES = "rules";
    private static final String NEVER = "never";
    private static final long LONGEST_SECONDS = 31_536_000;
    private static final int HIGHEST_COUNT = 1_000_000;

    private final Tuning tuning;
    private final RuleSelection selection;
    private final Map<String, Level> levels = new HashMap<>();
    private final Map<String, Action> actions = new HashMap<>();
    private final Set<String> disabled = new HashSet<>();
    private final Map<String, List<Suppression>> suppressions = new HashMap<>();
    private final Map<String, List<Threshold>> thresholds = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final NavigableMap<Instant, List<String>> expiries = new TreeMap<>();

    TuningReader(Tuning tuning, List<Rule> rules) {
        this.tuning = tuning;
        selection = new RuleSelection(List.copyOf(rules));
    }

    /** Reads all of it; what is wrong is told. */
    void read() {
        for (YamlMap section : tuning.sections()) {
            section.allowOnly(List.of(OVERRIDE, SUPPRESS, THRESHOLD));
            entries(section.get(OVERRIDE)).forEach(this::override);
            entries(section.get(SUPPRESS)).forEach(this::suppress);
            entries(section.get(THRESHOLD)).forEach(this::threshold);
        }
    }

    private static List<YamlMap> entries(YamlNode node) {
        List<YamlMap> entries = new ArrayList<>();
        List<YamlNode> elements = node == null ? null : node.asList();
        for (YamlNode element : elements == null ? List.<YamlNode>of() : elements) {
            YamlMap entry = element.asMap();
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private void override(YamlMap entry) {
        entry.allowOnly(List.of(RULES, "level", "action", "enabled"));
        Level level = entry.get("level") == null ? null : entry.get("level").asOneOf(Level.values());
        Action action = entry.get("action") == null ? null : entry.get("action").asOneOf(Action.values());
        Boolean enabled =
                entry.get("enabled") == null ? null : entry.get("enabled").asFlag();
        for (String name : selection.read(entry.need(RULES))) {
            if (level != null) {
                levels.put(name, level);
            }
            if (action != null) {
                actions.put(name, action);
            }
            if (enabled != null) {
                disabled.remove(name);
                disabled.addAll(enabled ? List.of() : List.of(name));
            }
        }
        if (entry.entries().size() < 2) {
            entry.fault("an override must say level, action or enabled");
        }
    }

    private void suppress(YamlMap entry) {
        entry.allowOnly(List.of(RULES, "source", "destination", "either", "owner", "reason", "expires"));
        Set<String> names = selection.read(entry.need(RULES));
        YamlNode owner = entry.need("owner");
        YamlNode reason = entry.need("reason");
        YamlNode expires = entry.need("expires");
        Suppression suppression = new Suppression(
                networks(entry, "source"),
                networks(entry, "destination"),
                networks(entry, "either"),
                owner == null ? null : owner.asText(),
                reason == null ? null : reason.asText(),
                expires == null ? null : instant(expires));
        boolean expired = suppression.isExpired(tuning.now());
        if (suppression.expires() != null) {
            String warning = entry.file() + ":" + entry.line() + ": warning: the suppression of "
                    + String.join(", ", names) + " by " + suppression.owner() + " expired "
                    + ((YamlScalar) expires).text() + " and no longer applies; renew it or take it out";
            (expired ? warnings : expiries.computeIfAbsent(suppression.expires(), first -> new ArrayList<>()))
                    .add(warning);
        }
        if (!expired) {
            names.forEach(name -> suppressions
                    .computeIfAbsent(name, first -> new ArrayList<>())
                    .add(suppression));
        }
    }

    /** Null where nothing is asked for. */
    private List<Network> networks(YamlMap entry, String key) {
        YamlNode node = entry.get(key);
        if (node == null) {
            return null;
        }
        List<Network> networks = new ArrayList<>();
        for (YamlNode element : node instanceof YamlList ? node.asList() : List.of(node)) {
            String text = element.asText();
            if (text != null) {
                addNetworks(key, (YamlScalar) element, networks);
            }
        }
        return networks;
    }

    private void addNetworks(String key, YamlScalar written, List<Network> networks) {
        boolean variable = written.text().indexOf('%') >= 0;
        List<YamlScalar> values = variable ? tuning.variables().expand(written) : List.of(written);
        for (YamlScalar value : values == null ? List.<YamlScalar>of() : values) {
            Network network = Network.parse(value.text());
            if (network == null) {
                value.fault("'" + key + "' must be an address or a network, such as 192.0.2.1 or 198.51.100.0/24, not '"
                        + value.text() + "'");
            } else {
                networks.add(network);
            }
        }
    }

    /** A day counts to its end, in UTC. */
    private static Instant instant(YamlNode node) {
        String text = node.asText();
        if (text == null || text.equals(NEVER)) {
            return null;
        }
        try {
            return text.length() <= 10
                    ? LocalDate.parse(text).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException wrong) {
            node.fault("'expires' must be a day such as 2027-01-31, a time such as 2027-01-31T18:00:00Z, or never,"
                    + " not '" + text + "'");
            return null;
        }
    }

    private void threshold(YamlMap entry) {
        entry.allowOnly(List.of(RULES, "type", "track", "count", "seconds"));
        Set<String> names = selection.read(entry.need(RULES));
        YamlNode type = entry.need("type");
        YamlNode track = entry.need("track");
        YamlNode count = entry.need("count");
        YamlNode seconds = entry.need("seconds");
        Type typeRead = type == null ? null : type.asOneOf(Type.values());
        Track trackRead = track == null ? null : track.asOneOf(Track.values());
        Long countRead = count == null ? null : count.asNumber(1, HIGHEST_COUNT);
        Long secondsRead = seconds == null ? null : seconds.asNumber(1, LONGEST_SECONDS);
        if (typeRead == null || trackRead == null || countRead == null || secondsRead == null) {
            return;
        }
        Threshold threshold = new Threshold(typeRead, trackRead, countRead.intValue(), secondsRead * 1_000_000_000L);
        for (String name : names) {
            List<Threshold> of = thresholds.computeIfAbsent(name, first -> new ArrayList<>());
            // Said twice, it would count everything twice.
            if (!of.contains(threshold)) {
                of.add(threshold);
            }
        }
    }

    /** The rule as the team wants it. */
    Rule override(Rule rule) {
        return rule.with(
                levels.getOrDefault(rule.name(), rule.level()), actions.getOrDefault(rule.name(), rule.action()));
    }

    Set<String> disabled() {
        return disabled;
    }

    Map<String, List<Suppression>> suppressions() {
        return suppressions;
    }

    Map<String, List<Threshold>> thresholds() {
        return thresholds;
    }

    /** What the user should know when a suppression expires, by when it does. */
    NavigableMap<Instant, List<String>> expiries() {
        return expiries;
    }

    /** What the user should know although nothing is wrong, a line each. */
    List<String> warnings() {
        return warnings;
    }
}
