package org.sandbar.rule;

import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.sandbar.event.EventKind;
import org.sandbar.rule.Rule.Action;
import org.sandbar.rule.Rule.Level;
import org.sandbar.rule.Rule.OncePer;
import org.sandbar.rule.Rule.Status;
import org.sandbar.yaml.Spelling;
import org.sandbar.yaml.YamlMap;
import org.sandbar.yaml.YamlNode;
import org.sandbar.yaml.YamlScalar;

/**
 * Reads one Sigma document as a rule. Keys that Sigma would let pass are taken for typing errors, all but {@code sandbar}. Without
 * {@code service} the rule looks at every kind of event that has all the fields it names. A document with {@code correlation} is a
 * rule over rules: of that, {@link CorrelationReader} reads the rest.
 */
final class RuleReader {
    private static final Set<String> KEYS = inOrder(List.of(
            "title",
            "id",
            "related",
            "name",
            "taxonomy",
            "status",
            "description",
            "license",
            "author",
            "references",
            "date",
            "modified",
            "logsource",
            "detection",
            "fields",
            "falsepositives",
            "level",
            "tags",
            "scope",
            "sandbar"));
    private static final Set<String> CORRELATION_KEYS = correlationKeys();
    private static final List<String> LOG_SOURCE_KEYS = List.of("product", "service", "definition");
    private static final List<String> OWN_KEYS = List.of("sid", "rev", "action", "once_per", "tests");

    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    /** What another rule is to one that names it. */
    private enum Relation {
        CORRELATION,
        DERIVED,
        MERGED,
        OBSOLETE,
        RENAMED,
        SIMILAR
    }

    private final YamlMap document;
    private final List<EventKind> kinds;
    private final Variables variables;

    private static Set<String> inOrder(Collection<String> keys) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(keys));
    }

    private static Set<String> correlationKeys() {
        List<String> keys = new ArrayList<>(KEYS);
        keys.removeAll(List.of("logsource", "detection"));
        keys.addAll(List.of("correlation", "generate"));
        return inOrder(keys);
    }

    private RuleReader(YamlMap document, List<EventKind> kinds, Variables variables) {
        this.document = document;
        this.kinds = kinds;
        this.variables = variables;
    }

    /** The rule as far as it could be read, or null; what is missing or wrong has been told. */
    static Rule read(YamlNode node, List<EventKind> kinds, Variables variables) {
        YamlMap document = node.asMap();
        return document == null ? null : new RuleReader(document, kinds, variables).read();
    }

    private Rule read() {
        boolean correlates = document.get("correlation") != null;
        document.allowOnly(correlates ? CORRELATION_KEYS : KEYS);
        YamlNode own = document.need("sandbar");
        YamlMap ownMap = own == null ? null : own.asMap();
        Long sid = null;
        Long rev = 1L;
        Action action = Action.ALERT;
        OncePer oncePer = OncePer.EVENT;
        if (ownMap != null) {
            ownMap.allowOnly(OWN_KEYS);
            sid = number(ownMap.need("sid"));
            rev = ownMap.get("rev") == null ? rev : number(ownMap.get("rev"));
            action = oneOf(ownMap.get("action"), Action.values(), action);
            oncePer = oneOf(ownMap.get("once_per"), OncePer.values(), oncePer);
        }
        readWhatIsForPeople();
        String title = text(document.need("title"));
        String name = slug(document.need("name"));
        UUID id = id(document.need("id"));
        YamlNode level = document.need("level");
        return new Rule(
                name,
                title,
                id,
                oneOf(document.get("status"), Status.values(), Status.EXPERIMENTAL),
                level == null ? null : level.asOneOf(Level.values()),
                document.get("description") == null ? "" : text(document.get("description")),
                tags(),
                texts("falsepositives"),
                texts("references"),
                sid == null ? 0 : sid.intValue(),
                rev == null ? 0 : rev.intValue(),
                action,
                oncePer,
                correlates ? Map.of() : conditions());
    }

    /** Keys of which nothing depends, but which are to be what Sigma says that they are. */
    private void readWhatIsForPeople() {
        for (String key : List.of("author", "license", "taxonomy")) {
            text(document.get(key));
        }
        for (String key : List.of("fields", "scope")) {
            texts(key);
        }
        for (String key : List.of("date", "modified")) {
            YamlNode node = document.get(key);
            String date = text(node);
            if (date != null && !isDate(date)) {
                node.fault("'" + key + "' must be a date such as 2026-11-24, not '" + date + "'");
            }
        }
        YamlNode related = document.get("related");
        List<YamlNode> relations = related == null ? null : related.asList();
        for (YamlNode relation : relations == null ? List.<YamlNode>of() : relations) {
            YamlMap map = relation.asMap();
            if (map != null) {
                map.allowOnly(List.of("id", "type"));
                id(map.need("id"));
                oneOf(map.need("type"), Relation.values(), null);
            }
        }
    }

    /** Without the library's parser, which takes longer to get ready than all these rules to read. */
    private static boolean isDate(String text) {
        if (!DATE.matcher(text).matches()) {
            return false;
        }
        int day = Integer.parseInt(text, 8, 10, 10);
        YearMonth month;
        try {
            month = YearMonth.of(Integer.parseInt(text, 0, 4, 10), Integer.parseInt(text, 5, 7, 10));
        } catch (DateTimeException noMonth) {
            return false;
        }
        return month.isValidDay(day);
    }

    private static String text(YamlNode node) {
        return node == null ? null : node.asText();
    }

    private static Long number(YamlNode node) {
        return node == null ? null : node.asNumber(1, Integer.MAX_VALUE);
    }

    private static <E extends Enum<E>> E oneOf(YamlNode node, E[] known, E otherwise) {
        return node == null ? otherwise : node.asOneOf(known);
    }

    private List<String> texts(String key) {
        YamlNode node = document.get(key);
        List<String> texts = node == null ? null : node.asTexts();
        return texts == null ? List.of() : List.copyOf(texts);
    }

    private static String slug(YamlNode node) {
        String name = text(node);
        if (name != null && !consistsOf(name, "-")) {
            node.fault("'name' must be lower-case letters, digits and hyphens, not '" + name + "'");
        }
        return name;
    }

    static UUID id(YamlNode node) {
        String written = text(node);
        if (written == null) {
            return null;
        }
        try {
            UUID id = UUID.fromString(written);
            // Java reads 1-1-1-1-1 too, and others do not.
            if (id.toString().equalsIgnoreCase(written)) {
                return id;
            }
        } catch (IllegalArgumentException notUuid) {
            // Told below.
        }
        node.fault("'id' must be a UUID, not '" + written + "'");
        return null;
    }

    private List<String> tags() {
        List<String> tags = texts("tags");
        if (!tags.isEmpty()) {
            document.get("tags").asList().forEach(Tags::checkForm);
        }
        return tags;
    }

    private static boolean consistsOf(String text, String marks) {
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            boolean plain = letter >= 'a' && letter <= 'z' || letter >= '0' && letter <= '9';
            if (!plain && marks.indexOf(letter) < 0) {
                return false;
            }
        }
        return true;
    }

    private Map<EventKind, Condition> conditions() {
        YamlNode source = document.need("logsource");
        YamlNode detection = document.need("detection");
        YamlMap sourceMap = source == null ? null : source.asMap();
        YamlMap detectionMap = detection == null ? null : detection.asMap();
        Map<EventKind, Condition> conditions = new LinkedHashMap<>();
        Map<YamlScalar, String> fields = detectionMap == null || sourceMap == null || sourceMap.get("service") != null
                ? null
                : Detection.fieldsNamed(detectionMap, Detection.NO_SELECTIONS);
        for (EventKind kind : kindsOf(sourceMap, fields, kinds)) {
            Condition condition = detectionMap == null
                    ? null
                    : Detection.compile(detectionMap, kind, variables, Detection.NO_SELECTIONS);
            if (condition != null) {
                conditions.put(kind, condition);
            }
        }
        return Collections.unmodifiableMap(conditions);
    }

    /** The kinds of events of a log source, which without a service are those that have all the fields. */
    static List<EventKind> kindsOf(YamlMap source, Map<YamlScalar, String> fields, List<EventKind> kinds) {
        if (source == null) {
            return List.of();
        }
        source.allowOnly(LOG_SOURCE_KEYS);
        String product = text(source.need("product"));
        if (product != null && !product.equals("sandbar")) {
            source.get("product").fault("'product' must be 'sandbar', not '" + product + "'");
        }
        YamlNode service = source.get("service");
        if (service == null) {
            return fields == null ? List.of() : kindsWithAll(fields, source, kinds);
        }
        String wanted = text(service);
        if (wanted == null) {
            return List.of();
        }
        List<String> known = new ArrayList<>();
        for (EventKind kind : kinds) {
            if (kind.name().equals(wanted)) {
                return List.of(kind);
            }
            known.add(kind.name());
        }
        service.fault("unknown service '" + wanted + "'" + Spelling.hint(wanted, known));
        return List.of();
    }

    private static List<EventKind> kindsWithAll(Map<YamlScalar, String> fields, YamlMap source, List<EventKind> kinds) {
        List<EventKind> having = new ArrayList<>();
        for (EventKind kind : kinds) {
            boolean all = true;
            for (String path : fields.values()) {
                all = all && kind.field(path) != null;
            }
            if (all) {
                having.add(kind);
            }
        }
        boolean unknown = false;
        if (having.isEmpty()) {
            for (Map.Entry<YamlScalar, String> field : fields.entrySet()) {
                unknown |= tellUnknown(field.getKey(), field.getValue(), kinds);
            }
            if (!unknown) {
                source.fault("no kind of event has all the fields of the detection; name one in 'service'");
            }
        }
        return having;
    }

    /** Tells a field that no kind has. */
    private static boolean tellUnknown(YamlScalar node, String path, List<EventKind> kinds) {
        List<String> known = new ArrayList<>();
        for (EventKind kind : kinds) {
            if (kind.field(path) != null) {
                return false;
            }
            Detection.addPaths(kind.fields(), known);
        }
        node.fault("unknown field '" + path + "'" + Spelling.hint(path, known));
        return true;
    }
}
