package org.sandbar.rule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.sandbar.event.EventKind;
import org.sandbar.yaml.YamlList;
import org.sandbar.yaml.YamlMap;
import org.sandbar.yaml.YamlNode;
import org.sandbar.yaml.YamlScalar;

/**
 * Reads Sigma's filters, which leave rules of others as they are and say what must hold beside their conditions. As pySigma has it,
 * a filter's condition is joined to the rule's by {@code and}, so an exception says {@code not selection}. A filter names its rules,
 * or says {@code any}: then it is for all that look at events of its log source.
 */
final class FilterReader {
    private static final List<String> KEYS = List.of(
            "title",
            "id",
            "name",
            "status",
            "description",
            "author",
            "references",
            "date",
            "modified",
            "taxonomy",
            "logsource",
            "filter");
    private static final Set<String> NO_SELECTIONS = Set.of("rules", "condition");

    private final List<EventKind> kinds;
    private final Variables variables;
    private final List<YamlMap> documents = new ArrayList<>();

    FilterReader(List<EventKind> kinds, Variables variables) {
        this.kinds = kinds;
        this.variables = variables;
    }

    /** Takes a document with {@code filter}; its id, or null where it has none. */
    UUID add(YamlMap document) {
        document.allowOnly(KEYS);
        YamlNode title = document.need("title");
        if (title != null) {
            title.asText();
        }
        documents.add(document);
        return RuleReader.id(document.get("id"));
    }

    /** Replaces the rules that filters are for. Correlations are none of them: their rules are filtered. */
    void applyTo(List<Rule> rules, Set<Rule> correlations) {
        for (YamlMap document : documents) {
            YamlNode source = document.need("logsource");
            YamlMap sourceMap = source == null ? null : source.asMap();
            YamlMap filter = document.get("filter").asMap();
            YamlNode names = filter == null ? null : filter.need("rules");
            if (sourceMap == null || names == null) {
                continue;
            }
            Map<EventKind, Condition> conditions = new IdentityHashMap<>();
            if (isAny(names)) {
                for (EventKind kind :
                        RuleReader.kindsOf(sourceMap, Detection.fieldsNamed(filter, NO_SELECTIONS), kinds)) {
                    conditions.put(kind, Detection.compile(filter, kind, variables, NO_SELECTIONS));
                }
                rules.replaceAll(rule -> correlations.contains(rule) ? rule : filtered(rule, conditions));
            } else {
                applyToNamed(names, sourceMap, filter, rules, correlations);
            }
        }
    }

    private static boolean isAny(YamlNode names) {
        YamlNode only = names instanceof YamlList list && list.asList().size() == 1
                ? list.asList().get(0)
                : names;
        return only instanceof YamlScalar word
                && (word.text().equals("any") || word.text().equals("all"));
    }

    private void applyToNamed(
            YamlNode names, YamlMap source, YamlMap filter, List<Rule> rules, Set<Rule> correlations) {
        Set<EventKind> looked = new HashSet<>();
        List<YamlScalar> written = CorrelationReader.scalars(names instanceof YamlScalar ? null : names);
        if (names instanceof YamlScalar single && single.asText() != null) {
            written.add(single);
        } else if (names instanceof YamlList list && list.asList().isEmpty()) {
            names.fault("'rules' names none; 'any' stands for all of the log source");
        }
        boolean anyKind = source.get("service") == null;
        List<EventKind> wanted = RuleReader.kindsOf(source, anyKind ? Map.of() : null, kinds);
        for (YamlScalar name : written) {
            Rule rule = CorrelationReader.named(name, rules, "unknown rule");
            if (rule != null && correlations.contains(rule)) {
                name.fault("'" + name.text() + "' is a correlation: filter the rules that it is about");
            } else if (rule != null && !rule.kinds().isEmpty()) {
                Map<EventKind, Condition> conditions = new IdentityHashMap<>();
                for (EventKind kind : rule.kinds()) {
                    if (wanted.contains(kind)) {
                        conditions.put(kind, Detection.compile(filter, kind, variables, NO_SELECTIONS));
                    }
                }
                if (conditions.isEmpty() && !wanted.isEmpty()) {
                    name.fault("'" + name.text() + "' does not look at '" + wanted.get(0) + "' events");
                }
                looked.addAll(conditions.keySet());
                rules.set(rules.indexOf(rule), filtered(rule, conditions));
            }
        }
        if (looked.isEmpty() && !anyKind) {
            // Nothing is filtered; what is wrong in it is told all the same.
            wanted.forEach(kind -> Detection.compile(filter, kind, variables, NO_SELECTIONS));
        }
    }

    private static Rule filtered(Rule rule, Map<EventKind, Condition> filters) {
        Map<EventKind, Condition> conditions = new LinkedHashMap<>(rule.conditions());
        conditions.replaceAll((kind, condition) ->
                filters.get(kind) == null ? condition : Condition.all(List.of(condition, filters.get(kind))));
        return rule.with(conditions);
    }

    /** What they say, for comparison. */
    @Override
    public String toString() {
        return documents.toString();
    }
}
