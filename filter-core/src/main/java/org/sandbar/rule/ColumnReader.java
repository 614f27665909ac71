package org.sandbar.rule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.yaml.YamlMap;
import org.sandbar.yaml.YamlScalar;

/**
 * Finds what a correlation groups by and counts in the events of the rules that it is about: a field of that name, or, for an alias,
 * the field that stands for it in each rule. A column has one type in all of them.
 */
final class ColumnReader {
    /** What an alias stands for, by rule. */
    private record Alias(YamlScalar name, Map<Rule, YamlScalar> fields) {}

    private final Map<Rule, YamlScalar> about;
    private final Map<String, Alias> aliases = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();
    /** By column, the first field that was found for it. */
    private final Map<YamlScalar, Field> first = new IdentityHashMap<>();

    /** The rules, and where each is named. */
    ColumnReader(Map<Rule, YamlScalar> about) {
        this.about = about;
    }

    /** Takes null for a map that has been told to be none. */
    void readAliases(YamlMap map) {
        for (YamlMap.Entry alias : map == null ? List.<YamlMap.Entry>of() : map.entries()) {
            Map<Rule, YamlScalar> fields = new IdentityHashMap<>();
            YamlMap members = alias.value().asMap();
            if (members != null) {
                members.entries().forEach(member -> readMember(member, fields));
                about.forEach((rule, written) -> {
                    if (!fields.containsKey(rule)) {
                        String name = alias.key().text();
                        alias.key().fault("'" + name + "' names no field of '" + written.text() + "'");
                    }
                });
            }
            aliases.put(alias.key().text(), new Alias(alias.key(), fields));
        }
    }

    private void readMember(YamlMap.Entry member, Map<Rule, YamlScalar> fields) {
        Rule rule = CorrelationReader.named(member.key(), about.keySet(), "the correlation is not about");
        if (rule != null && member.value().asText() != null) {
            fields.put(rule, (YamlScalar) member.value());
        }
    }

    /** The fields of these columns in one kind of the rule's events. */
    List<Field> fields(List<YamlScalar> columns, Rule rule, EventKind kind) {
        List<Field> fields = new ArrayList<>();
        for (YamlScalar column : columns) {
            Alias alias = aliases.get(column.text());
            used.add(column.text());
            YamlScalar written = alias == null ? column : alias.fields.get(rule);
            Field field = written == null ? null : Detection.field(kind, written, written.text());
            if (field != null && isValue(field, written)) {
                Field other = first.computeIfAbsent(column, none -> field);
                if (other.type() != field.type()) {
                    written.fault("'" + field + "' is " + FieldKey.called(field.type()) + ", but '" + other + "' is "
                            + FieldKey.called(other.type()));
                }
                fields.add(field);
            }
        }
        return List.copyOf(fields);
    }

    private static boolean isValue(Field field, YamlScalar written) {
        return switch (field.type()) {
            case TEXT, NUMBER, DECIMAL, FLAG, ADDRESS, ADDRESS_OR_ANY -> true;
            case TEXTS, ADDRESSES, TIME, ROWS -> {
                written.fault("'" + field + "' is " + FieldKey.called(field.type())
                        + ": correlations can neither group by it nor count it");
                yield false;
            }
        };
    }

    /** Tells the aliases that no column has used. */
    void tellUnused() {
        for (Alias alias : aliases.values()) {
            if (!used.contains(alias.name.text())) {
                alias.name.fault("alias '" + alias.name.text() + "' is not used");
            }
        }
    }
}
