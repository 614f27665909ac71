package org.sandbar.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sandbar.event.Common;
import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.event.Field.Type;
import org.sandbar.yaml.Spelling;
import org.sandbar.yaml.YamlList;
import org.sandbar.yaml.YamlMap;
import org.sandbar.yaml.YamlNode;
import org.sandbar.yaml.YamlScalar;

/**
 * Compiles a rule's {@code detection} for one kind of event: a map holds where all its fields do, a list where one of its elements
 * does. Words without a field are looked for in the kind's own texts.
 */
final class Detection {
    private static final Condition NEVER = new Condition.Any(new Condition[0]);

    private final EventKind kind;

    private Detection(EventKind kind) {
        this.kind = kind;
    }

    static Condition compile(YamlMap detection, EventKind kind) {
        Detection compiler = new Detection(kind);
        Map<YamlScalar, Condition> selections = new LinkedHashMap<>();
        for (YamlMap.Entry entry : detection.entries()) {
            if (!entry.key().text().equals("condition")) {
                Condition selection = compiler.selection(entry.value());
                // A selection with a fault has been told; it still has its name, for the condition's sake.
                selections.put(entry.key(), selection == null ? NEVER : selection);
            }
        }
        if (!(detection.need("condition") instanceof YamlScalar written)) {
            return faultUnlessAbsent(detection.get("condition"));
        }
        return written.asText() == null ? null : new ConditionParser(written, selections).parse();
    }

    private static Condition faultUnlessAbsent(YamlNode condition) {
        if (condition != null) {
            condition.asText();
        }
        return null;
    }

    private Condition selection(YamlNode node) {
        if (node instanceof YamlMap map) {
            return map(map);
        }
        if (!(node instanceof YamlList)) {
            node.fault("a selection must be a map of fields, or a list");
            return null;
        }
        List<Condition> parts = new ArrayList<>();
        for (YamlNode element : node.asList()) {
            Condition part = element instanceof YamlScalar word ? keyword(word) : selection(element);
            if (part != null) {
                parts.add(part);
            }
        }
        return whole(node, parts, node.asList().size(), false);
    }

    private Condition map(YamlMap map) {
        List<Condition> parts = new ArrayList<>();
        for (YamlMap.Entry entry : map.entries()) {
            Condition part = comparison(entry.key(), entry.value());
            if (part != null) {
                parts.add(part);
            }
        }
        return whole(map, parts, map.entries().size(), true);
    }

    /** Null where a part had a fault; a selection of nothing is one. */
    private static Condition whole(YamlNode node, List<Condition> parts, int wanted, boolean all) {
        if (wanted == 0) {
            node.fault("an empty selection selects nothing");
        }
        if (wanted == 0 || parts.size() < wanted) {
            return null;
        }
        return all ? Condition.all(parts) : Condition.any(parts);
    }

    private Condition comparison(YamlScalar written, YamlNode value) {
        FieldKey key = new FieldKey(written);
        Field field = field(kind, written, key.path());
        if (field == null || !key.isSound() || !key.appliesTo(field.type())) {
            return null;
        }
        Comparison comparison = new Comparison(kind, field, key);
        if (!(value instanceof YamlList)) {
            return comparison.with(value);
        }
        List<Condition> parts = new ArrayList<>();
        for (YamlNode element : value.asList()) {
            Condition part = comparison.with(element);
            if (part != null) {
                parts.add(part);
            }
        }
        return whole(value, parts, value.asList().size(), key.isAll());
    }

    private Condition keyword(YamlScalar word) {
        if (word.isNull() || word.isFlag() || word.text().isEmpty()) {
            word.fault("a selection's list must hold maps of fields, or words to look for");
            return null;
        }
        TextPattern pattern = TextPattern.of(word.text(), TextPattern.Place.ANYWHERE, false);
        List<Condition> parts = new ArrayList<>();
        for (Field field : kind.fields()) {
            if (field.type() == Type.TEXT) {
                parts.add(new Condition.Text(field, pattern));
            } else if (field.type() == Type.TEXTS) {
                parts.add(new Condition.Texts(field, pattern));
            }
        }
        if (parts.isEmpty()) {
            word.fault("events of the kind '" + kind + "' have no texts to look for words in");
            return null;
        }
        return Condition.any(parts);
    }

    /** The kind's field of that path; a fault at the node, and null, where it has none. */
    static Field field(EventKind kind, YamlScalar node, String path) {
        Field field = kind.field(path);
        if (field == null) {
            List<String> known = new ArrayList<>();
            addPaths(kind.fields(), known);
            addPaths(Common.fields(), known);
            node.fault("unknown field '" + path + "' of '" + kind + "' events" + Spelling.hint(path, known));
        }
        return field;
    }

    static void addPaths(List<Field> fields, List<String> paths) {
        for (Field field : fields) {
            paths.add(field.path());
        }
    }

    /** The nodes that name fields, wherever they stand in a detection, with the paths that they name. */
    static Map<YamlScalar, String> fieldsNamed(YamlMap detection) {
        Map<YamlScalar, String> named = new LinkedHashMap<>();
        for (YamlMap.Entry entry : detection.entries()) {
            addFieldsNamed(entry.value(), named);
        }
        return named;
    }

    private static void addFieldsNamed(YamlNode node, Map<YamlScalar, String> named) {
        if (node instanceof YamlList) {
            for (YamlNode element : node.asList()) {
                addFieldsNamed(element, named);
            }
        } else if (node instanceof YamlMap map) {
            for (YamlMap.Entry entry : map.entries()) {
                String key = entry.key().text();
                int bar = key.indexOf('|');
                named.put(entry.key(), bar < 0 ? key : key.substring(0, bar));
                if (key.endsWith("|fieldref") && entry.value() instanceof YamlScalar other) {
                    named.put(other, other.text());
                }
            }
        }
    }
}
