package org.sandbar.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.sandbar.rule.Rule;
import org.sandbar.rule.RuleBook;
import org.sandbar.rule.RuleSamples;
import org.sandbar.rule.RuleSamples.Sample;
import org.sandbar.yaml.Fault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sandbar rules test}: whether each rule matches the samples that it is to match, and ignores those that it is to ignore. */
@Command(
        name = "test",
        description = {
            "Tests each rule on the samples that its file names, and says which rule has none; exits with 1 where a test fails.",
            "A rule names them under sandbar.tests, in two lists, matches and ignores: captures, files of event lines (.ndjson),"
                    + " with paths as seen from the rule, or an event itself, as in the output."
        },
        sortOptions = false)
final class TestRules implements Callable<Integer> {
    private final Console console;

    @Mixin
    private WrittenRules written = new WrittenRules();

    @Mixin
    private OutputFormat format = new OutputFormat();

    /** What came of one rule's samples: {@code passed}, {@code failed}, or {@code untested} where one of its lists is empty. */
    private record Outcome(Rule rule, String result, int matches, int ignores, List<String> failures) {}

    TestRules(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        RuleBook book = written.readSound();
        Samples samples = new Samples(book, written.settings());
        List<Outcome> outcomes = written.asked(book).stream()
                .map(rule -> test(book, rule, samples))
                .toList();
        console.write(format.isJson() ? json(outcomes) : text(outcomes));
        if (!format.isJson()) {
            console.tell(Console.count(outcomes.size(), "rule") + ": " + count(outcomes, "passed") + " passed, "
                    + count(outcomes, "failed") + " failed, " + count(outcomes, "untested") + " without samples");
        }
        return count(outcomes, "failed") == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static long count(List<Outcome> outcomes, String result) {
        return outcomes.stream()
                .filter(outcome -> outcome.result.equals(result))
                .count();
    }

    private static Outcome test(RuleBook book, Rule rule, Samples samples) {
        RuleSamples named = book.samples(rule);
        List<String> failures = new ArrayList<>();
        tell(book, rule, samples, named.matches(), true, failures);
        tell(book, rule, samples, named.ignores(), false, failures);
        boolean untested = named.matches().isEmpty() || named.ignores().isEmpty();
        String result = !failures.isEmpty() ? "failed" : untested ? "untested" : "passed";
        return new Outcome(rule, result, named.matches().size(), named.ignores().size(), failures);
    }

    private static void tell(
            RuleBook book, Rule rule, Samples samples, List<Sample> named, boolean wanted, List<String> failures) {
        for (Sample sample : named) {
            List<Fault> faults = new ArrayList<>();
            String place = book.file(rule) + ":" + sample.line() + ": ";
            boolean matches = samples.matches(rule, sample, faults);
            if (!faults.isEmpty()) {
                failures.add(place + Fault.text(faults));
            } else if (matches != wanted) {
                failures.add(place + rule.name() + (wanted ? " should match " : " should ignore ") + sample);
            }
        }
    }

    private static String text(List<Outcome> outcomes) {
        StringBuilder text = new StringBuilder();
        for (Outcome outcome : outcomes) {
            outcome.failures.forEach(
                    failure -> text.append("failed: ").append(failure).append('\n'));
            if (outcome.result.equals("untested")) {
                String lacks = outcome.matches > 0
                        ? "ignores"
                        : outcome.ignores > 0 ? "matches" : "matches, nor that it ignores";
                text.append("untested: ")
                        .append(outcome.rule.name())
                        .append(" names no sample that it ")
                        .append(lacks)
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static String json(List<Outcome> outcomes) {
        return OutputFormat.json(outcomes, (json, outcome) -> {
            json.writeStringField("rule", outcome.rule.name());
            json.writeStringField("result", outcome.result);
            json.writeNumberField("matches", outcome.matches);
            json.writeNumberField("ignores", outcome.ignores);
            OutputFormat.texts(json, "failures", outcome.failures);
        });
    }
}
