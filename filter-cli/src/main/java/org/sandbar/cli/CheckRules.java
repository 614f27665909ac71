package org.sandbar.cli;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.sandbar.rule.RuleBook;
import org.sandbar.yaml.Fault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sandbar rules check}: everything that is wrong with rules, at once, each at its place. */
@Command(
        name = "check",
        description = "Tells all that is wrong with rules, and where; exits with 1 where there is an error.",
        sortOptions = false)
final class CheckRules implements Callable<Integer> {
    private final Console console;

    @Mixin
    private WrittenRules written = new WrittenRules();

    @Mixin
    private OutputFormat format = new OutputFormat();

    CheckRules(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        RuleBook book = written.read();
        List<Fault> faults = book.faults();
        long errors = faults.stream().filter(Fault::isError).count();
        if (format.isJson()) {
            console.write(json(faults));
        } else {
            console.write(faults.isEmpty() ? "" : Fault.text(faults) + '\n');
            console.tell(Console.count(book.rules().rules().size(), "rule") + ": " + Console.count(errors, "error")
                    + ", " + Console.count(faults.size() - errors, "warning"));
        }
        return errors == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static String json(List<Fault> faults) {
        return OutputFormat.json(faults, (json, fault) -> {
            json.writeStringField("file", fault.file());
            json.writeNumberField("line", fault.line());
            json.writeNumberField("column", fault.column());
            json.writeStringField("severity", fault.severity().name().toLowerCase(Locale.ROOT));
            json.writeStringField("message", fault.message());
            json.writeStringField("source", fault.sourceLine());
        });
    }
}
