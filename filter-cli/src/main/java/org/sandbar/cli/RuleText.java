package org.sandbar.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sandbar.bytes.Words;
import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.rule.Condition;
import org.sandbar.rule.ConditionText;
import org.sandbar.rule.CorrelationRule;
import org.sandbar.rule.Rule;
import org.sandbar.rule.RuleBook;
import org.sandbar.rule.RuleSamples;
import org.sandbar.rule.RuleSamples.Sample;

/** One rule in words: what it means, when it fires, what the fields are that it asks for, what else may be the cause, where to read on. */
final class RuleText {
    private static final int WIDTH = 100;

    private final RuleBook book;
    private final Rule rule;
    private final Set<Field> fields = new LinkedHashSet<>();
    private final StringBuilder text = new StringBuilder(2_048);

    RuleText(RuleBook book, Rule rule) {
        this.book = book;
        this.rule = rule;
        head();
        conditions();
        correlation();
        meanings();
        list("Not an attack where it is", rule.falsepositives());
        tags();
        list("Read on", rule.references());
        samples();
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private void head() {
        text.append(rule.title()).append('\n');
        text.append(rule.name())
                .append(", sid ")
                .append(rule.sid())
                .append(", rev ")
                .append(rule.rev());
        text.append(", level ").append(Words.of(rule.level()));
        text.append(", action ").append(Words.of(rule.action()));
        text.append(", ").append(Words.of(rule.status())).append('\n');
        text.append(book.file(rule)).append(':').append(book.line(rule)).append('\n');
        if (!rule.description().isEmpty()) {
            text.append('\n');
            wrap("", rule.description());
        }
    }

    private void conditions() {
        String often = rule.oncePer() == Rule.OncePer.FLOW ? ", once a flow," : "";
        for (Map.Entry<EventKind, Condition> condition : rule.conditions().entrySet()) {
            text.append("\nFires")
                    .append(often)
                    .append(" on an event of the kind ")
                    .append(condition.getKey())
                    .append(" where\n");
            ConditionText words = new ConditionText(condition.getValue(), "  ");
            text.append(words);
            fields.addAll(words.fields());
        }
        if (!book.rules().raisesAlerts(rule)) {
            text.append("\nIt raises no alert of its own: a correlation is about it.\n");
        }
    }

    private void correlation() {
        for (CorrelationRule correlation : book.rules().correlations()) {
            List<String> about = new ArrayList<>();
            correlation.parts().forEach(part -> about.add(part.rule().name()));
            if (correlation.rule() == rule) {
                text.append("\nFires where, within ")
                        .append(correlation.timespanNs() / 1_000_000_000L)
                        .append(" seconds");
                List<String> group = correlation.groupBy();
                text.append(group.isEmpty() ? "" : " and of one " + String.join(" and ", group))
                        .append(",\n");
                wrap("  ", correlation.inWords());
                list("Is about", about);
            } else if (about.contains(rule.name())) {
                text.append("\nCounted by ").append(correlation.rule().name()).append(".\n");
            }
        }
    }

    private void meanings() {
        if (!fields.isEmpty()) {
            TextTable table = new TextTable();
            for (Field field : fields) {
                table.row(
                        "  " + field.path(), field.type().called(), field.unit().called(), field.meaning());
            }
            text.append("\nThe fields\n").append(table);
        }
    }

    private void tags() {
        Map<String, String> places = Map.of(
                "capec", "https://capec.mitre.org/data/definitions/%s.html",
                "cwe", "https://cwe.mitre.org/data/definitions/%s.html",
                "attack", "https://attack.mitre.org/techniques/%s/");
        List<String> lines = new ArrayList<>();
        for (String tag : rule.tags()) {
            int dot = tag.indexOf('.');
            String name = tag.substring(dot + 1);
            String place = places.get(tag.substring(0, dot));
            boolean linked = place != null && name.matches("t?[0-9.]+");
            String path = name.toUpperCase(Locale.ROOT).replace('.', '/');
            lines.add(linked ? tag + "  " + place.formatted(path) : tag);
        }
        list("ATT&CK, CAPEC, CWE", lines);
    }

    private void samples() {
        RuleSamples samples = book.samples(rule);
        list(
                "Matches these samples",
                samples.matches().stream().map(Sample::toString).toList());
        list(
                "Ignores these samples",
                samples.ignores().stream().map(Sample::toString).toList());
    }

    private void list(String title, List<String> items) {
        if (!items.isEmpty()) {
            text.append('\n').append(title).append('\n');
            items.forEach(item -> text.append("  ").append(item).append('\n'));
        }
    }

    private void wrap(String indent, String words) {
        int column = 0;
        for (String word : words.strip().split("\\s+")) {
            if (column > 0 && column + 1 + word.length() > WIDTH) {
                text.append('\n');
                column = 0;
            }
            text.append(column == 0 ? indent : " ").append(word);
            column += (column == 0 ? indent.length() : 1) + word.length();
        }
        text.append('\n');
    }
}
