package org.sandbar.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.sandbar.bytes.Words;
import org.sandbar.rule.Rule;
import org.sandbar.rule.RuleBook;
import org.sandbar.rule.RuleSamples;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sandbar rules list}: which rules there are. */
@Command(
        name = "list",
        description =
                "Lists rules with their numbers, levels, actions, tags, and how many samples each matches and ignores.",
        sortOptions = false)
final class ListRules implements Callable<Integer> {
    private final Console console;

    @Mixin
    private WrittenRules written = new WrittenRules();

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            converter = LevelWord.class,
            completionCandidates = LevelWord.class,
            description = "only rules of this level or above: ${COMPLETION-CANDIDATES}")
    private Rule.Level level;

    @Option(
            names = "--tag",
            paramLabel = "TAG",
            split = ",",
            description =
                    "only rules with one of these tags, or one below it, as attack.t1090.001 is below attack.t1090")
    private List<String> tags = new ArrayList<>();

    @Mixin
    private OutputFormat format = new OutputFormat();

    ListRules(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        RuleBook book = written.readSound();
        List<Rule> rules = written.asked(book).stream().filter(this::isWanted).toList();
        console.write(format.isJson() ? json(book, rules) : text(book, rules));
        return ExitCode.DONE;
    }

    private boolean isWanted(Rule rule) {
        boolean tagged = tags.isEmpty();
        for (String tag : rule.tags()) {
            for (String wanted : tags) {
                tagged |= tag.equals(wanted) || tag.startsWith(wanted + '.');
            }
        }
        return tagged && (level == null || rule.level().compareTo(level) >= 0);
    }

    private static String text(RuleBook book, List<Rule> rules) {
        TextTable table = new TextTable();
        table.row("SID", "NAME", "LEVEL", "ACTION", "MATCHES", "IGNORES", "TAGS");
        for (Rule rule : rules) {
            RuleSamples samples = book.samples(rule);
            table.row(
                    Integer.toString(rule.sid()),
                    rule.name(),
                    Words.of(rule.level()),
                    Words.of(rule.action()),
                    Integer.toString(samples.matches().size()),
                    Integer.toString(samples.ignores().size()),
                    String.join(" ", rule.tags()));
        }
        return table.toString();
    }

    private static String json(RuleBook book, List<Rule> rules) {
        return OutputFormat.json(rules, (json, rule) -> {
            json.writeNumberField("sid", rule.sid());
            json.writeNumberField("rev", rule.rev());
            json.writeStringField("name", rule.name());
            json.writeStringField("title", rule.title());
            json.writeStringField("id", rule.id().toString());
            json.writeStringField("status", Words.of(rule.status()));
            json.writeStringField("level", Words.of(rule.level()));
            json.writeStringField("action", Words.of(rule.action()));
            OutputFormat.texts(json, "tags", rule.tags());
            json.writeNumberField("matches", book.samples(rule).matches().size());
            json.writeNumberField("ignores", book.samples(rule).ignores().size());
            json.writeStringField("file", book.file(rule).toString());
        });
    }
}
