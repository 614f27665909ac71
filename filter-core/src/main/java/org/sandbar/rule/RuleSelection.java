package org.sandbar.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.sandbar.bytes.Words;
import org.sandbar.yaml.Spelling;
import org.sandbar.yaml.YamlList;
import org.sandbar.yaml.YamlNode;
import org.sandbar.yaml.YamlScalar;

/**
 * Finds the rules that a configuration speaks of: each by its name, its {@code sid}, a tag, {@code level.NAME}, or {@code any}; with
 * {@code *} at its end by the beginning of a name or tag. A word that fits no rule is a fault, for it is misspelt or a rule is gone; of a
 * level there may be none.
 */
final class RuleSelection {
    private static final String ANY = "any";
    private static final List<String> LEVELS =
            Arrays.stream(Rule.Level.values()).map(RuleSelection::word).toList();

    private final List<Rule> rules;
    private final List<String> known = new ArrayList<>();

    RuleSelection(List<Rule> rules) {
        this.rules = rules;
        Set<String> words = new LinkedHashSet<>(LEVELS);
        rules.forEach(rule -> words.addAll(words(rule)));
        words.add(ANY);
        known.addAll(words);
    }

    private static List<String> words(Rule rule) {
        List<String> words = new ArrayList<>(rule.tags());
        words.add(String.valueOf(rule.name()));
        words.add(Integer.toString(rule.sid()));
        if (rule.level() != null) {
            words.add(word(rule.level()));
        }
        return words;
    }

    private static String word(Rule.Level level) {
        return "level." + Words.of(level);
    }

    /** The names of the rules that are selected; those that could be found where there is a fault. */
    Set<String> read(YamlNode node) {
        Set<String> names = new LinkedHashSet<>();
        if (node != null) {
            for (YamlNode word : node instanceof YamlList ? node.asList() : List.of(node)) {
                if (word instanceof YamlScalar scalar && !scalar.text().isEmpty()) {
                    select(scalar, names);
                } else {
                    word.fault("'rules' must be names, sids, tags or 'any'");
                }
            }
        }
        return names;
    }

    private void select(YamlScalar word, Set<String> names) {
        boolean found = false;
        for (Rule rule : rules) {
            if (fits(word.text(), rule)) {
                names.add(rule.name());
                found = true;
            }
        }
        if (!found && !LEVELS.contains(word.text())) {
            word.fault("no rule is called '" + word.text() + "', nor has it for sid or tag"
                    + Spelling.hint(word.text(), known));
        }
    }

    private static boolean fits(String word, Rule rule) {
        if (word.equals(ANY)) {
            return true;
        }
        List<String> own = words(rule);
        if (!word.endsWith("*")) {
            return own.contains(word);
        }
        String beginning = word.substring(0, word.length() - 1);
        return own.stream().anyMatch(one -> one.startsWith(beginning));
    }
}
