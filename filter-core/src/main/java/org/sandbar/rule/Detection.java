package org.sandbar.rule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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

    /** What a rule's detection holds beside its selections. */
    static final Set<String> NO_SELECTIONS = Set.of("condition");

    private final EventKind kind;
    private final Variables variables;

    private Detection(EventKind kind, Variables variables) {
        this.kind = kind;
        this.variables = variables;
    }

    /** Every key is a selection's but these. */
    static Condition compile(YamlMap detection, EventKind kind, Variables variables, Set<String> noSelections) {
        Detection compiler = new Detection(kind, variables);
        Map<YamlScalar, Condition> selections = new LinkedHashMap<>();
        for (YamlMap.Entry entry : detection.entries()) {
            if (!noSelections.contains(entry.key().text())) {
                Condition selection = compiler.selection(entry.value());
                if (selection != null
                        && tellsImpossible(
                                entry.key(), "selection '" + entry.key().text() + "'", selection)) {
                    selection = null;
                }
                // A selection with a fault has been told; it still has its name, for the condition's sake.
                selections.put(entry.key(), selection == null ? NEVER : selection);
            }
        }
        return condition(detection.need("condition"), selections);
    }

    /** Tells a fault where no event can fulfil it. */
    private static boolean tellsImpossible(YamlScalar node, String what, Condition condition) {
        String why = Satisfiability.whyNever(condition);
        if (why != null) {
            node.fault(what + " can never hold: " + why);
        }
        return why != null;
    }

    /** Sigma takes a list of conditions too, of which one must hold. */
    private static Condition condition(YamlNode written, Map<YamlScalar, Condition> selections) {
        List<YamlNode> nodes =
                written instanceof YamlList list ? list.asList() : written == null ? List.of() : List.of(written);
        List<Condition> parts = new ArrayList<>();
        Set<YamlScalar> used = new HashSet<>();
        boolean sound = true;
        for (YamlNode node : nodes) {
            Condition part =
                    node.asText() == null ? null : new ConditionParser((YamlScalar) node, selections, used).parse();
            sound &= part != null;
            parts.add(part);
            if (part != null
                    && !tellsImpossible((YamlScalar) node, "the condition", part)
                    && Satisfiability.isAlways(part)) {
                node.fault("the condition always holds");
            }
        }
        if (written instanceof YamlList && nodes.isEmpty()) {
            written.fault("the list of conditions is empty");
        }
        if (!sound || parts.isEmpty()) {
            return null;
        }
        for (YamlScalar name : selections.keySet()) {
            if (!used.contains(name)) {
                name.fault("selection '" + name.text() + "' is not used by the condition");
            }
        }
        return Condition.any(parts);
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
            Condition part = element instanceof YamlScalar word ? keyword(word, FieldKey.WORD) : selection(element);
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
        if (key.path().isEmpty() && written.text().startsWith("|")) {
            return key.appliesToWords() ? eachOf(value, key, word -> keyword(word, key)) : null;
        }
        Field field = field(kind, written, key.path());
        if (field == null || !key.isSound() || !key.appliesTo(field.type())) {
            return null;
        }
        Condition condition = eachOf(value, key, new Comparison(kind, field, key)::with);
        return condition == null || tellsImpossible(written, "this", condition) ? null : condition;
    }

    /** What is asked of one value, asked of all that stand there. */
    private Condition eachOf(YamlNode value, FieldKey key, Function<YamlNode, Condition> one) {
        Function<YamlNode, Condition> each = key.isExpanded() ? node -> expanded(node, key, one) : one;
        Condition whole;
        if (value instanceof YamlList list) {
            List<Condition> parts = new ArrayList<>();
            for (YamlNode element : list.asList()) {
                Condition part = each.apply(element);
                if (part != null) {
                    parts.add(part);
                }
            }
            whole = whole(value, parts, list.asList().size(), key.isAll());
        } else {
            whole = each.apply(value);
        }
        return whole == null || !key.isNegated() ? whole : new Condition.Not(whole);
    }

    /** What is asked of one value, asked of all that a variable has; one without values is matched by nothing. */
    private Condition expanded(YamlNode node, FieldKey key, Function<YamlNode, Condition> one) {
        if (!(node instanceof YamlScalar written)) {
            return one.apply(node);
        }
        List<YamlScalar> values = variables.expand(written);
        if (values == null || values.isEmpty()) {
            return values == null ? null : new Condition.Expanded(NEVER);
        }
        List<Condition> parts = new ArrayList<>();
        for (YamlScalar value : values) {
            Condition part = one.apply(value);
            if (part == null) {
                return null;
            }
            parts.add(part);
        }
        return new Condition.Expanded(key.isAll() ? Condition.all(parts) : Condition.any(parts));
    }

    /** A word without a field, looked for wherever the event's own texts have it. */
    private Condition keyword(YamlNode node, FieldKey key) {
        if (!(node instanceof YamlScalar word)
                || word.isNull()
                || word.isFlag()
                || word.text().isEmpty()) {
            node.fault("a selection's list must hold maps of fields, or words to look for");
            return null;
        }
        List<Field> texts = new ArrayList<>();
        for (Field field : kind.fields()) {
            if (field.type() == Type.TEXT || field.type() == Type.TEXTS) {
                texts.add(field);
            }
        }
        if (texts.isEmpty()) {
            word.fault("events of the kind '" + kind + "' have no texts to look for words in");
            return null;
        }
        return Comparison.text(word, key, TextPattern.Place.ANYWHERE, texts);
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
    static Map<YamlScalar, String> fieldsNamed(YamlMap detection, Set<String> noSelections) {
        Map<YamlScalar, String> named = new LinkedHashMap<>();
        for (YamlMap.Entry entry : detection.entries()) {
            if (!noSelections.contains(entry.key().text())) {
                addFieldsNamed(entry.value(), named);
            }
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
