package org.sandbar.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.sandbar.engine.BuiltIn;
import org.sandbar.rule.Rule;
import org.sandbar.rule.RuleBook;
import org.sandbar.yaml.Spelling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sandbar rules explain}: one rule in words, or the table of trust. */
@Command(
        name = "explain",
        description = "Says in words what a rule does, or how trust is decided.",
        sortOptions = false)
final class ExplainRule implements Callable<Integer> {
    private static final String TRUST = "trust";

    private final Console console;

    @Parameters(paramLabel = "NAME", description = "a rule's name or sid, or trust: the table that trust is decided by")
    private String name;

    @Mixin
    private RuleFiles files = new RuleFiles();

    @Mixin
    private Configuration configuration = new Configuration();

    ExplainRule(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (name.equals(TRUST)) {
            console.write(TrustText.of(Knowledge.trust(configuration.settings())));
            return ExitCode.DONE;
        }
        Settings given = configuration.settings();
        RuleBook book =
                WrittenRules.sound(RuleBook.read(files.paths(), BuiltIn.kinds(), given.limits(), given.tuning()));
        List<String> known = new ArrayList<>(List.of(TRUST));
        for (Rule rule : book.rules().rules()) {
            if (rule.name().equals(name) || Integer.toString(rule.sid()).equals(name)) {
                console.write(new RuleText(book, rule).toString());
                return ExitCode.DONE;
            }
            known.add(rule.name());
        }
        throw new Failure(ExitCode.USAGE, "no rule is called '" + name + "'" + Spelling.hint(name, known));
    }
}
