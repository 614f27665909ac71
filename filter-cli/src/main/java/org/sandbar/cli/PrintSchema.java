package org.sandbar.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.sandbar.engine.BuiltIn;
import org.sandbar.output.Format;
import org.sandbar.yaml.Spelling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sandbar schema}: what a format's records hold. */
@Command(
        name = "schema",
        description =
                "Prints the JSON Schema (2020-12) of what Sandbar writes in a format, from the table that it writes by.",
        sortOptions = false)
final class PrintSchema implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "FORMAT", description = "eve, ecs, ocsf, cef, leef or text, as for -o")
    private String format;

    PrintSchema(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<String> known = Format.names();
        if (!known.contains(format)) {
            throw new Failure(ExitCode.USAGE, "unknown format '" + format + "'" + Spelling.hint(format, known));
        }
        FieldTable fields = FieldTable.shipped();
        console.write(Format.of(format).schema(BuiltIn.kinds(), fields::example));
        return ExitCode.DONE;
    }
}
