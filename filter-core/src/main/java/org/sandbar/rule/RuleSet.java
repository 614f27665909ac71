package org.sandbar.rule;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sandbar.bytes.Limits;
import org.sandbar.event.EventKind;
import org.sandbar.yaml.Fault;
import org.sandbar.yaml.Fault.Severity;
import org.sandbar.yaml.YamlFile;
import org.sandbar.yaml.YamlMap;
import org.sandbar.yaml.YamlNode;

/**
 * The rules of a run, compiled once, by the kind of event that they look at, and the correlations over them. Rules stand in the order
 * of their {@code sid}, so that no file name decides which fires first. Read-only, any thread.
 */
public final class RuleSet {
    /** The table of trust's weights lies among the rules and is none. */
    private static final String NOT_RULES = "trust.yaml";

    private static final Rule[] NONE = {};

    private final List<Rule> rules;
    private final Map<EventKind, Rule[]> byKind = new IdentityHashMap<>();
    private final Map<EventKind, RuleIndex> indices = new IdentityHashMap<>();
    private final List<CorrelationRule> correlations = new ArrayList<>();
    /** Rules that a correlation is about, each with whether it raises alerts of its own as well. */
    private final Map<Rule, Boolean> correlated = new IdentityHashMap<>();
    /** Those of them that a correlation is about which is not disabled. */
    private final Map<Rule, Boolean> needed = new IdentityHashMap<>();
    /** All that decides what a correlation counts, by the correlations' names. */
    private final Map<String, String> texts;

    private final TuningReader tuned;

    private RuleSet(
            List<Rule> rules, List<CorrelationRule> correlations, Map<String, String> texts, TuningReader tuned) {
        this.rules = Collections.unmodifiableList(rules);
        this.texts = texts;
        this.tuned = tuned;
        // Each stands behind those that it is about, so that from the last on it is known which are needed.
        for (int i = correlations.size() - 1; i >= 0; i--) {
            take(correlations.get(i));
        }
        Collections.reverse(this.correlations);
        // What passes comes first, whatever else would fire on the event.
        Map<EventKind, List<Rule>> looking = new LinkedHashMap<>();
        addToKinds(looking, true);
        addToKinds(looking, false);
        looking.forEach((kind, those) -> {
            byKind.put(kind, those.toArray(NONE));
            indices.put(kind, new RuleIndex(kind, byKind.get(kind)));
        });
    }

    private void take(CorrelationRule correlation) {
        boolean wanted = isEnabled(correlation.rule()) || isCorrelated(correlation.rule());
        for (CorrelationRule.Part part : correlation.parts()) {
            correlated.merge(part.rule(), correlation.generate(), Boolean::logicalOr);
            if (wanted) {
                needed.put(part.rule(), true);
            }
        }
        if (wanted) {
            correlations.add(correlation);
        }
    }

    private void addToKinds(Map<EventKind, List<Rule>> looking, boolean passing) {
        for (Rule rule : rules) {
            if (rule.action() == Rule.Action.PASS == passing && (isEnabled(rule) || isCorrelated(rule))) {
                for (EventKind kind : rule.kinds()) {
                    looking.computeIfAbsent(kind, none -> new ArrayList<>()).add(rule);
                }
            }
        }
    }

    /** The rules of these files as they are. */
    public static RuleSet load(List<Path> paths, List<EventKind> kinds, Limits limits) {
        return load(paths, kinds, limits, Tuning.NONE);
    }

    /**
     * Loads files, and folders with the {@code .yaml} and {@code .yml} files in them and in their folders. Names are resolved and
     * doubles looked for when all has been read, so no order of files, or of the documents in one, matters.
     *
     * @throws RuleException with every fault of every file, those of the tuning too
     */
    public static RuleSet load(List<Path> paths, List<EventKind> kinds, Limits limits, Tuning tuning) {
        List<Fault> faults = new ArrayList<>();
        RuleSet rules = read(paths, kinds, limits, tuning, faults, new IdentityHashMap<>());
        RuleException.throwIfAny(faults);
        return rules;
    }

    /** As {@link #load}, but the faults, and what each rule was read from, go to the caller. Only of use where none is an error. */
    static RuleSet read(
            List<Path> paths,
            List<EventKind> kinds,
            Limits limits,
            Tuning tuning,
            List<Fault> faults,
            Map<Rule, YamlMap> documents) {
        // A file that is named twice is read once, and called what it was called last.
        Map<Path, Path> files = new LinkedHashMap<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                if (!addFiles(path, files, faults)) {
                    faults.add(new Fault(Severity.WARNING, path.toString(), 1, 1, "no rule in this folder", ""));
                }
            } else {
                files.put(real(path), path);
            }
        }
        List<YamlNode> nodes = new ArrayList<>();
        for (Path file : files.values()) {
            int before = faults.size();
            List<YamlNode> read = YamlFile.read(file, faults);
            if (read.isEmpty() && faults.size() == before) {
                faults.add(noRule(file));
            }
            nodes.addAll(read);
        }
        RuleSet rules = compile(nodes, kinds, limits, tuning, documents);
        faults.addAll(tuning.faults());
        return rules;
    }

    /** A file that was emptied was hardly meant to be; one in which all is a comment may be. */
    private static Fault noRule(Path file) {
        boolean empty = file.toFile().length() == 0;
        Severity severity = empty ? Severity.ERROR : Severity.WARNING;
        return new Fault(severity, file.toString(), 1, 1, empty ? "the file is empty" : "no rule in this file", "");
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException missing) {
            return path.toAbsolutePath().normalize();
        }
    }

    /** The rules of one text, as if it were a file of that name. */
    static RuleSet parse(String file, String text, List<EventKind> kinds) {
        return parse(file, text, kinds, Tuning.NONE);
    }

    static RuleSet parse(String file, String text, List<EventKind> kinds, Tuning tuning) {
        List<Fault> faults = new ArrayList<>();
        RuleSet rules =
                compile(YamlFile.parse(file, text, faults), kinds, Limits.USUAL, tuning, new IdentityHashMap<>());
        faults.addAll(tuning.faults());
        RuleException.throwIfAny(faults);
        return rules;
    }

    /** Whether there are any. */
    private static boolean addFiles(Path folder, Map<Path, Path> files, List<Fault> faults) {
        List<Path> inside = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                inside.add(entry);
            }
        } catch (IOException unreadable) {
            faults.add(new Fault(folder.toString(), 1, 1, "cannot be read: " + unreadable.getMessage(), ""));
            return true;
        }
        Collections.sort(inside);
        Path real = real(folder);
        boolean any = false;
        for (Path entry : inside) {
            String name = entry.getFileName().toString();
            // What is no link is asked once what it is: in a large folder that is most of the work.
            boolean plain = Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS);
            if (!plain && Files.isDirectory(entry)) {
                any |= addFiles(entry, files, faults);
            } else if ((name.endsWith(".yaml") || name.endsWith(".yml")) && !name.equals(NOT_RULES)) {
                files.put(plain ? real.resolve(name) : real(entry), entry);
                any = true;
            }
        }
        return any;
    }

    private static RuleSet compile(
            List<YamlNode> nodes, List<EventKind> kinds, Limits limits, Tuning tuning, Map<Rule, YamlMap> documents) {
        List<Rule> rules = new ArrayList<>();
        Map<Object, YamlNode> seen = new HashMap<>();
        FilterReader filters = new FilterReader(kinds, tuning.variables());
        for (YamlNode document : nodes) {
            if (document instanceof YamlMap map && map.get("filter") != null) {
                unique("id", filters.add(map), map.get("id"), seen);
                continue;
            }
            Rule rule = RuleReader.read(document, kinds, tuning.variables());
            if (rule != null) {
                YamlMap map = document.asMap();
                documents.put(rule, map);
                unique("name", rule.name(), map.get("name"), seen);
                unique("id", rule.id(), map.get("id"), seen);
                if (rule.sid() != 0) {
                    unique("sid", rule.sid(), map.get("sandbar").asMap().get("sid"), seen);
                }
                rules.add(rule);
            }
        }
        rules.sort((one, other) -> Integer.compare(one.sid(), other.sid()));
        List<Rule> written = List.copyOf(rules);
        filters.applyTo(rules, correlations(documents));
        TuningReader tuned = new TuningReader(tuning, rules);
        tuned.read();
        IdentityHashMap<Rule, YamlMap> correlating = new IdentityHashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            YamlMap document = documents.remove(written.get(i));
            rules.set(i, tuned.override(rules.get(i)));
            documents.put(rules.get(i), document);
            if (correlates(rules.get(i), document)) {
                correlating.put(rules.get(i), document);
            }
        }
        List<CorrelationRule> correlations = new CorrelationReader(rules, correlating, limits).readAll();
        return new RuleSet(
                rules, correlations, texts(documents, correlations, tuning.variables(), filters.toString()), tuned);
    }

    private static Set<Rule> correlations(Map<Rule, YamlMap> documents) {
        Set<Rule> correlations = Collections.newSetFromMap(new IdentityHashMap<>());
        documents.forEach((rule, document) -> {
            if (correlates(rule, document)) {
                correlations.add(rule);
            }
        });
        return correlations;
    }

    /** A correlation looks at no kind of event itself, which is seen sooner than what its document holds. */
    private static boolean correlates(Rule rule, YamlMap document) {
        return rule.kinds().isEmpty() && document.get("correlation") != null;
    }

    /** Of each correlation, with those of the rules that it is about, and what variables and filters say. */
    private static Map<String, String> texts(
            Map<Rule, YamlMap> documents, List<CorrelationRule> correlations, Variables variables, String filters) {
        Map<String, String> texts = new HashMap<>();
        for (CorrelationRule correlation : correlations) {
            StringBuilder text = new StringBuilder(filters).append(documents.get(correlation.rule()));
            for (CorrelationRule.Part part : correlation.parts()) {
                String ofCorrelation = texts.get(part.rule().name());
                text.append(ofCorrelation != null ? ofCorrelation : documents.get(part.rule()));
            }
            boolean varies = text.indexOf("|expand") >= 0;
            texts.put(correlation.rule().name(), varies ? text.append(variables).toString() : text.toString());
        }
        return texts;
    }

    /** Names, identifiers and numbers are of different types, so one map keeps them apart. */
    private static void unique(String key, Object value, YamlNode node, Map<Object, YamlNode> seen) {
        if (value != null) {
            YamlNode first = seen.putIfAbsent(value, node);
            if (first != null) {
                node.fault("duplicate " + key + " " + value + ", first at " + first.file() + ":" + first.line());
            }
        }
    }

    /** All of them, correlations too, in the order of their {@code sid}. */
    public List<Rule> rules() {
        return rules;
    }

    /** The rules that look at events of this kind, in the order of their {@code sid}. The array is the set's own: only read it. */
    public Rule[] rulesFor(EventKind kind) {
        return byKind.getOrDefault(kind, NONE);
    }

    /** The same by what they look for, or null where none looks at such events. */
    RuleIndex index(EventKind kind) {
        return indices.get(kind);
    }

    /** As many words of bits as the largest index needs. */
    int words() {
        return indices.values().stream().mapToInt(RuleIndex::words).max().orElse(0);
    }

    /** Each behind those that it is about. */
    public List<CorrelationRule> correlations() {
        return correlations;
    }

    /** Whether a correlation is about this rule that is not disabled. */
    public boolean isCorrelated(Rule rule) {
        return needed.containsKey(rule);
    }

    private boolean isEnabled(Rule rule) {
        return !tuned.disabled().contains(rule.name());
    }

    /** The same rules, each of which raises alerts of its own, whatever correlations are about it and whatever holds it back. */
    public RuleSet outspoken() {
        return new RuleSet(
                rules,
                correlations.stream().map(CorrelationRule::generating).toList(),
                texts,
                new TuningReader(Tuning.NONE, rules));
    }

    /**
     * Whether the rule raises alerts of its own: one that is disabled does not, and with Sigma, one that correlations are about does so
     * only where one of them says {@code generate}.
     */
    public boolean raisesAlerts(Rule rule) {
        return isEnabled(rule) && correlated.getOrDefault(rule, true);
    }

    /** The exceptions to a rule, in the order in which they were read. */
    public List<Suppression> suppressionsOf(Rule rule) {
        return tuned.suppressions().getOrDefault(rule.name(), List.of());
    }

    /** What holds its alerts back, in the order in which they were read. */
    public List<Threshold> thresholdsOf(Rule rule) {
        return tuned.thresholds().getOrDefault(rule.name(), List.of());
    }

    /** What the user should know although nothing is wrong, a line each with its place. */
    public List<String> warnings() {
        return tuned.warnings();
    }

    /** The same of the suppressions that expired after one time and not after another. */
    public List<String> expiredBetween(Instant after, Instant upTo) {
        return tuned.expiries().subMap(after, false, upTo, true).values().stream()
                .flatMap(List::stream)
                .toList();
    }

    /** Whether the correlation of this name counts what it did in another set. */
    public boolean countsAsIn(RuleSet other, String name) {
        return texts.containsKey(name) && texts.get(name).equals(other.texts.get(name));
    }
}
