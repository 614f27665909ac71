package org.sandbar.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.sandbar.yaml.Spelling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sandbar rules fields}: what a rule can ask of an event. */
@Command(
        name = "fields",
        description = "Lists the fields that rules can name, each with type, unit, an example and what it means.",
        sortOptions = false)
final class ListFields implements Callable<Integer> {
    private final Console console;

    @Parameters(
            paramLabel = "KIND",
            arity = "0..1",
            description = "only those of this kind of event: flow, ftp, http, … (default: all)")
    private String kind;

    @Mixin
    private OutputFormat format = new OutputFormat();

    ListFields(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        FieldTable table = FieldTable.shipped();
        if (kind != null) {
            List<String> known = table.kinds();
            if (!known.contains(kind)) {
                throw new Failure(
                        ExitCode.USAGE, "no kind of event is called '" + kind + "'" + Spelling.hint(kind, known));
            }
            table = table.of(kind);
        }
        console.write(format.isJson() ? table.json() : table.text());
        return ExitCode.DONE;
    }
}
