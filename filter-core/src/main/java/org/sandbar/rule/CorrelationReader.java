package org.sandbar.rule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.rule.Condition.Relation;
import org.sandbar.rule.CorrelationRule.Columns;
import org.sandbar.rule.CorrelationRule.Part;
import org.sandbar.rule.CorrelationRule.Threshold;
import org.sandbar.rule.CorrelationRule.Type;
import org.sandbar.yaml.Spelling;
import org.sandbar.yaml.YamlList;
import org.sandbar.yaml.YamlMap;
import org.sandbar.yaml.YamlNode;
import org.sandbar.yaml.YamlScalar;

/**
 * Reads what correlations say of the rules that they are about, once all rules of all files are known. A correlation may be about
 * another one, which is then read before it. What is missing or wrong is told at its place.
 */
final class CorrelationReader {
    private static final List<String> KEYS =
            List.of("type", "rules", "aliases", "group-by", "timespan", "condition", "generate");
    private static final String FIELD = "field";
    private static final String PERCENTILE = "percentile";
    private static final Map<String, Relation> RELATIONS = relations();
    private static final Map<Character, Long> SECONDS = Map.of('s', 1L, 'm', 60L, 'h', 3_600L, 'd', 86_400L);
    private static final long LONGEST_SECONDS = 365 * 86_400L;
    private static final int DEEPEST = 16;

    private final List<Rule> rules;
    private final Map<Rule, YamlMap> documents;
    private final int most;
    private final Map<Rule, CorrelationRule> read = new IdentityHashMap<>();
    private final List<CorrelationRule> inOrder = new ArrayList<>();
    private final List<Rule> underWay = new ArrayList<>();

    /** Of all {@code rules}, those that are correlations have a document, which is found by their identity. */
    CorrelationReader(List<Rule> rules, IdentityHashMap<Rule, YamlMap> documents, Limits limits) {
        this.rules = rules;
        this.documents = documents;
        most = limits.of(Bound.CORRELATION_COUNT);
    }

    private static Map<String, Relation> relations() {
        Map<String, Relation> relations = new LinkedHashMap<>();
        relations.put("gt", Relation.GREATER);
        relations.put("gte", Relation.GREATER_OR_EQUAL);
        relations.put("lt", Relation.LESS);
        relations.put("lte", Relation.LESS_OR_EQUAL);
        relations.put("eq", Relation.EQUAL);
        relations.put("neq", Relation.NOT_EQUAL);
        return relations;
    }

    /** Each behind those that it is about, and apart from that in the order of the rules. Only of use where no fault was told. */
    List<CorrelationRule> readAll() {
        for (Rule rule : rules) {
            if (documents.containsKey(rule) && !read.containsKey(rule)) {
                read(rule);
            }
        }
        return inOrder;
    }

    private void read(Rule rule) {
        underWay.add(rule);
        YamlMap document = documents.get(rule);
        YamlMap correlation = document.get("correlation").asMap();
        if (correlation != null) {
            correlation.allowOnly(KEYS);
            Type type = type(correlation.need("type"));
            Map<Rule, YamlScalar> about = about(correlation.need("rules"));
            List<YamlScalar> groupBy = scalars(correlation.need("group-by"));
            Long timespan = timespan(correlation.need("timespan"));
            YamlMap condition = condition(correlation, type);
            List<YamlScalar> counted = counted(condition, type);
            ColumnReader columns = new ColumnReader(about);
            if (correlation.get("aliases") != null && !about.isEmpty()) {
                columns.readAliases(correlation.get("aliases").asMap());
            }
            List<Part> parts = parts(about.keySet(), groupBy, counted, columns);
            if (type != null && type.isMetric()) {
                tellUncountable(parts, counted, type);
            }
            columns.tellUnused();
            CorrelationRule whole = new CorrelationRule(
                    rule,
                    type == null ? Type.EVENT_COUNT : type,
                    parts,
                    groupBy.stream().map(YamlScalar::text).toList(),
                    timespan == null ? 0 : timespan * 1_000_000_000L,
                    thresholds(condition, about.size(), type),
                    percentile(condition, type),
                    generate(document, correlation));
            if (condition != null && type != null && !about.isEmpty() && !whole.canHold()) {
                condition.fault("no count fulfils this condition" + (type.isTemporal() ? " with so many rules" : ""));
            }
            read.put(rule, whole);
            inOrder.add(whole);
        }
        underWay.remove(rule);
    }

    private static Type type(YamlNode node) {
        String written = node == null ? null : node.asText();
        if (written == null) {
            return null;
        }
        List<String> known = new ArrayList<>();
        for (Type type : Type.values()) {
            if (type.written().equals(written)) {
                return type;
            }
            known.add(type.written());
        }
        node.fault("'type' cannot be '" + written + "'" + Spelling.hint(written, known));
        return null;
    }

    /** The rules that are named, and where. */
    private Map<Rule, YamlScalar> about(YamlNode node) {
        Map<Rule, YamlScalar> about = new LinkedHashMap<>();
        for (YamlScalar name : scalars(node)) {
            Rule rule = named(name, rules, "unknown rule");
            if (rule != null && about.putIfAbsent(rule, name) != null) {
                name.fault("'" + name.text() + "' stands here twice");
            } else if (rule != null && documents.containsKey(rule) && !read.containsKey(rule)) {
                readFirst(rule, name);
            }
        }
        if (node instanceof YamlList list && list.asList().isEmpty()) {
            node.fault("'rules' names none");
        }
        return about;
    }

    private void readFirst(Rule rule, YamlScalar name) {
        if (underWay.contains(rule)) {
            name.fault("'" + name.text() + "' leads back to itself");
        } else if (underWay.size() == DEEPEST) {
            name.fault("correlations over correlations, " + DEEPEST + " deep, are too many");
        } else {
            read(rule);
        }
    }

    /** The rule of that name or id; a fault that begins so, and null, where there is none. */
    static Rule named(YamlScalar name, Collection<Rule> rules, String unknown) {
        List<String> known = new ArrayList<>();
        for (Rule rule : rules) {
            if (name.text().equals(rule.name()) || name.text().equalsIgnoreCase(String.valueOf(rule.id()))) {
                return rule;
            }
            if (rule.name() != null) {
                known.add(rule.name());
            }
        }
        name.fault(unknown + " '" + name.text() + "'" + Spelling.hint(name.text(), known));
        return null;
    }

    /** The elements of a list that are text; none where there is no list. */
    static List<YamlScalar> scalars(YamlNode node) {
        List<YamlScalar> scalars = new ArrayList<>();
        List<YamlNode> elements = node == null ? null : node.asList();
        if (elements != null) {
            for (YamlNode element : elements) {
                if (element.asText() != null) {
                    scalars.add((YamlScalar) element);
                }
            }
        }
        return scalars;
    }

    private static Long timespan(YamlNode node) {
        if (node == null) {
            return null;
        }
        String written = node instanceof YamlScalar scalar ? scalar.text() : "";
        Long unit = written.isEmpty() ? null : SECONDS.get(written.charAt(written.length() - 1));
        if (unit != null && written.matches("[0-9]{1,9}.")) {
            long seconds = Long.parseLong(written.substring(0, written.length() - 1)) * unit;
            if (seconds >= 1 && seconds <= LONGEST_SECONDS) {
                return seconds;
            }
        }
        node.fault("'timespan' must be a number and s, m, h or d, from 1s to 365d, such as 5m");
        return null;
    }

    private static YamlMap condition(YamlMap correlation, Type type) {
        boolean needed = type != null && !type.isTemporal();
        YamlNode condition = needed ? correlation.need("condition") : correlation.get("condition");
        YamlMap map = condition == null ? null : condition.asMap();
        if (map != null) {
            List<String> known = new ArrayList<>(RELATIONS.keySet());
            known.add(FIELD);
            known.add(PERCENTILE);
            map.allowOnly(known);
        }
        return map;
    }

    /** Without a condition of its own, a temporal correlation wants all its rules. */
    private List<Threshold> thresholds(YamlMap condition, int parts, Type type) {
        if (condition == null) {
            return List.of(new Threshold(Relation.GREATER_OR_EQUAL, parts));
        }
        List<Threshold> thresholds = new ArrayList<>();
        boolean compares = false;
        for (Map.Entry<String, Relation> relation : RELATIONS.entrySet()) {
            YamlNode node = condition.get(relation.getKey());
            compares |= node != null;
            if (node != null && type != null && type.isMetric()) {
                Double operand = node.asDecimal();
                thresholds.add(new Threshold(relation.getValue(), operand == null ? 0 : operand));
                continue;
            }
            Long operand = node == null ? null : node.asNumber(0, Integer.MAX_VALUE);
            if (operand != null && operand > most) {
                node.fault("no group counts as far as " + operand + ": the bound is " + most
                        + ", and can be set with limits." + Bound.CORRELATION_COUNT.key());
            } else if (operand != null) {
                thresholds.add(new Threshold(relation.getValue(), operand));
            }
        }
        if (!compares) {
            condition.fault("the condition compares with nothing; known: " + String.join(", ", RELATIONS.keySet()));
        }
        return List.copyOf(thresholds);
    }

    private static List<YamlScalar> counted(YamlMap condition, Type type) {
        if (condition == null || type == null) {
            return List.of();
        }
        if (type == Type.VALUE_COUNT || type.isMetric()) {
            YamlNode field = condition.need(FIELD);
            if (field instanceof YamlScalar single) {
                return single.asText() == null ? List.of() : List.of(single);
            }
            List<YamlScalar> fields = scalars(field);
            if (field instanceof YamlList list && list.asList().isEmpty()) {
                field.fault("'field' names none");
            } else if (type.isMetric() && fields.size() > 1) {
                field.fault("'" + type.written() + "' is of one field");
            }
            return fields;
        }
        if (condition.get(FIELD) != null) {
            condition.get(FIELD).fault("'field' goes with value_count and the like");
        }
        return List.of();
    }

    private static int percentile(YamlMap condition, Type type) {
        if (type == Type.VALUE_PERCENTILE && condition != null) {
            YamlNode written = condition.need(PERCENTILE);
            Long percentile = written == null ? null : written.asNumber(1, 100);
            return percentile == null ? 0 : percentile.intValue();
        }
        if (condition != null && condition.get(PERCENTILE) != null) {
            condition.get(PERCENTILE).fault("'percentile' goes with value_percentile alone");
        }
        return type == Type.VALUE_MEDIAN ? 50 : 0;
    }

    private static void tellUncountable(List<Part> parts, List<YamlScalar> counted, Type type) {
        for (Part part : parts) {
            for (Columns columns : part.columns().values()) {
                for (Field field : columns.counted()) {
                    if (field.type() != Field.Type.NUMBER && field.type() != Field.Type.DECIMAL) {
                        counted.get(0)
                                .fault("'" + field + "' is " + FieldKey.called(field.type()) + ": '" + type.written()
                                        + "' needs a number");
                    }
                }
            }
        }
    }

    private static boolean generate(YamlMap document, YamlMap correlation) {
        // Sigma's schema has it beside the correlation, Sigma's own converter looks for it inside.
        YamlNode generate = document.get("generate") == null ? correlation.get("generate") : document.get("generate");
        return generate != null && Boolean.TRUE.equals(generate.asFlag());
    }

    private List<Part> parts(
            Set<Rule> about, List<YamlScalar> groupBy, List<YamlScalar> counted, ColumnReader columns) {
        List<Part> parts = new ArrayList<>();
        for (Rule rule : about) {
            CorrelationRule inner = read.get(rule);
            Map<EventKind, Columns> byKind = new IdentityHashMap<>();
            for (EventKind kind : inner == null ? rule.kinds() : inner.kinds()) {
                byKind.put(kind, new Columns(columns.fields(groupBy, rule, kind), columns.fields(counted, rule, kind)));
            }
            parts.add(new Part(rule, byKind));
        }
        return List.copyOf(parts);
    }
}
