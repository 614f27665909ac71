package org.sandbar.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.sandbar.event.Field.Type;
import org.sandbar.event.Field.Unit;
import org.sandbar.rule.Rule;

/**
 * What a rule's tags say in the catalogues of MITRE: tactics and techniques of ATT&CK with their names, patterns of CAPEC, weaknesses of
 * CWE. A technique that is not in the table, which holds what the shipped rules name, goes without its name. Immutable, any thread.
 */
final class Attack {
    static final String VERSION = "18.1";

    private static final String SITE = "https://attack.mitre.org/";
    private static final Map<String, Entry> KNOWN = new LinkedHashMap<>();

    /** A tactic or a technique; {@code tactics} are the words of tags, of a tactic its own. */
    private record Entry(String id, Set<String> tactics, String name) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Entry that && id.equals(that.id);
        }

        @Override
        public int hashCode() {
            return id.hashCode();
        }
    }

    static {
        for (String[] row : Table.rows("attack.txt")) {
            KNOWN.put(row[0], new Entry(row[0], Set.of(row[1].split(" ")), row[2]));
        }
    }

    /** By the tags of rules, of which there are not many more than rules. */
    private static final Map<List<String>, Attack> OF_TAGS = new ConcurrentHashMap<>();

    private final Map<String, Entry> tactics = new LinkedHashMap<>();
    private final Set<Entry> techniques = new LinkedHashSet<>();
    private final List<String> patterns = new ArrayList<>();
    private final List<String> weaknesses = new ArrayList<>();
    /** What was asked for before, by the name of the source. */
    private final Map<String, Optional<Object>> answers = new ConcurrentHashMap<>();

    private Attack(List<String> tags) {
        for (String tag : tags) {
            String word = tag.substring(tag.indexOf('.') + 1);
            if (tag.matches("attack\\.t[0-9]+(\\.[0-9]+)?")) {
                techniques.add(entry(word.toUpperCase(Locale.ROOT)));
            } else if (tag.startsWith("attack.")) {
                KNOWN.values().stream()
                        .filter(entry -> isTactic(entry) && entry.tactics.contains(word))
                        .forEach(entry -> tactics.put(word, entry));
            } else if (tag.startsWith("capec.")) {
                patterns.add("CAPEC-" + word);
            } else if (tag.startsWith("cwe.")) {
                weaknesses.add("CWE-" + word);
            }
        }
    }

    private static Entry entry(String id) {
        Entry known = KNOWN.get(id);
        return known == null ? new Entry(id, Set.of(), null) : known;
    }

    private static boolean isTactic(Entry entry) {
        return entry.id.startsWith("TA");
    }

    private static boolean isSub(Entry entry) {
        return entry.id.indexOf('.') >= 0;
    }

    private static Entry parent(Entry technique) {
        return isSub(technique) ? entry(technique.id.substring(0, technique.id.indexOf('.'))) : technique;
    }

    private List<Entry> parents() {
        return techniques.stream().map(Attack::parent).distinct().toList();
    }

    private List<Entry> subTechniques() {
        return techniques.stream().filter(Attack::isSub).toList();
    }

    /** The sources that mappings can name. */
    static Map<String, Source> sources() {
        Map<String, Source> sources = new LinkedHashMap<>();
        entries(sources, "attack.tactic", "tactics", attack -> List.copyOf(attack.tactics.values()));
        entries(sources, "attack.tagged", "techniques and sub-techniques", attack -> List.copyOf(attack.techniques));
        entries(sources, "attack.technique", "techniques, of a sub-technique that above it", Attack::parents);
        entries(sources, "attack.subtechnique", "sub-techniques", Attack::subTechniques);
        put(
                sources,
                "attack.framework",
                Type.TEXT,
                "MITRE ATT&CK, where the rule names some of it",
                attack -> attack.techniques.isEmpty() && attack.tactics.isEmpty() ? null : "MITRE ATT&CK");
        put(sources, "attack.objects", Type.ROWS, "techniques of ATT&CK, each with its tactics", Attack::objects);
        put(sources, "capec", Type.TEXTS, "patterns of CAPEC", attack -> known(attack.patterns));
        put(
                sources,
                "capec.tags",
                Type.ROWS,
                "patterns of CAPEC",
                attack ->
                        attack.patterns.isEmpty() ? null : List.of(object("name", "capec", "values", attack.patterns)));
        put(sources, "cwe", Type.TEXTS, "weaknesses of CWE", attack -> known(attack.weaknesses));
        put(
                sources,
                "cwe.objects",
                Type.ROWS,
                "weaknesses of CWE",
                attack -> known(attack.weaknesses.stream()
                        .map(id -> Map.of("cwe", Map.of("uid", id)))
                        .toList()));
        return sources;
    }

    private static void entries(
            Map<String, Source> sources, String name, String what, Function<Attack, List<Entry>> entries) {
        put(
                sources,
                name + ".id",
                Type.TEXTS,
                "identifiers of ATT&CK's " + what,
                attack -> known(entries.apply(attack).stream().map(Entry::id).toList()));
        put(
                sources,
                name + ".name",
                Type.TEXTS,
                "names of ATT&CK's " + what,
                attack -> known(entries.apply(attack).stream()
                        .map(Entry::name)
                        .filter(known -> known != null)
                        .toList()));
        put(
                sources,
                name + ".reference",
                Type.TEXTS,
                "pages of ATT&CK's " + what,
                attack -> known(entries.apply(attack).stream().map(Attack::page).toList()));
    }

    private static void put(
            Map<String, Source> sources, String name, Type type, String meaning, Function<Attack, Object> reader) {
        sources.put(
                name,
                new Source(
                        name,
                        type,
                        Unit.NONE,
                        meaning,
                        (event, alert) ->
                                alert == null ? null : of(alert.rule()).answer(name, reader)));
    }

    private static Attack of(Rule rule) {
        return OF_TAGS.computeIfAbsent(rule.tags(), Attack::new);
    }

    private Object answer(String name, Function<Attack, Object> reader) {
        Optional<Object> answer = answers.get(name);
        if (answer == null) {
            answer = Optional.ofNullable(reader.apply(this));
            answers.put(name, answer);
        }
        return answer.orElse(null);
    }

    private static List<?> known(List<?> list) {
        return list.isEmpty() ? null : list;
    }

    private static String page(Entry entry) {
        return SITE + (isTactic(entry) ? "tactics/" : "techniques/") + entry.id.replace('.', '/') + "/";
    }

    /** OCSF's objects: a technique, or a tactic that no technique here is of. */
    private List<?> objects() {
        List<Map<String, Object>> objects = new ArrayList<>();
        Set<Entry> alone = new LinkedHashSet<>(tactics.values());
        for (Entry technique : techniques) {
            Map<String, Object> object = new LinkedHashMap<>();
            List<Entry> own = tactics.entrySet().stream()
                    .filter(tactic -> technique.tactics.isEmpty() || technique.tactics.contains(tactic.getKey()))
                    .map(Map.Entry::getValue)
                    .toList();
            alone.removeAll(own);
            if (!own.isEmpty()) {
                object.put("tactic", object(own.get(0)));
            }
            object.put("technique", object(parent(technique)));
            if (isSub(technique)) {
                object.put("sub_technique", object(technique));
            }
            object.put("version", VERSION);
            objects.add(object);
        }
        for (Entry tactic : alone) {
            objects.add(object("tactic", object(tactic), "version", VERSION));
        }
        return known(objects);
    }

    private static Map<String, Object> object(Entry entry) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("uid", entry.id);
        if (entry.name != null) {
            object.put("name", entry.name);
        }
        object.put("src_url", page(entry));
        return object;
    }

    /** Of two members, in this order. */
    private static Map<String, Object> object(String first, Object one, String second, Object other) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put(first, one);
        object.put(second, other);
        return object;
    }
}
