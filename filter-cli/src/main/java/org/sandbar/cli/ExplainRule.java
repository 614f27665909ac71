package org.sandbar.cli;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.sandbar.trust.TrustTable;
import org.sandbar.trust.TrustTable.PortRange;
import org.sandbar.trust.TrustTable.Weight;
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

    @Parameters(paramLabel = "NAME", description = "a rule, or trust: the table that trust is decided by")
    private String name;

    @Mixin
    private Configuration configuration = new Configuration();

    ExplainRule(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (!name.equals(TRUST)) {
            throw new Failure(
                    ExitCode.USAGE, "nothing is called '" + name + "' here" + Spelling.hint(name, List.of(TRUST)));
        }
        StringBuilder text = new StringBuilder(8_192);
        explain(Knowledge.trust(configuration.settings()), text);
        console.write(text.toString());
        return ExitCode.DONE;
    }

    private static void explain(TrustTable table, StringBuilder text) {
        text.append("A flow's score is the sum of the weights of the signals seen on it, each counted once.\n");
        text.append("sandboxed: from ").append(signed(table.sandboxedFrom())).append(" up\n");
        text.append("trusted:   from ").append(signed(table.trustedTo())).append(" down\n");
        text.append("unknown:   in between\n");
        text.append("random:    from ").append(table.entropyFrom()).append(" bits a byte up, on a plugin's port\n\n");
        for (PortRange range : table.ranges()) {
            text.append("ports ").append(range.first()).append(range.first() == range.last() ? "" : "-" + range.last());
            text.append(": ")
                    .append(range.name())
                    .append(", told as ")
                    .append(range.signal().signal())
                    .append('\n');
        }
        text.append("trusted servers: ").append(table.trustedServers().size()).append(" networks, trusted clients: ");
        text.append(table.trustedClients().size()).append(" networks\n");
        TreeSet<String> programs = new TreeSet<>();
        table.fingerprints().values().forEach(known -> programs.add(known.program()));
        text.append("programs known by their JA4: ")
                .append(String.join(", ", programs))
                .append('\n');
        for (Weight row : table.weights().values()) {
            text.append('\n')
                    .append(String.format(Locale.ROOT, "%6s  ", signed(row.weight())))
                    .append(row.signal());
            text.append(row.agent() == null ? "" : " (agent: " + row.agent() + ")")
                    .append('\n');
            text.append("        ").append(row.meaning()).append('\n');
            text.append(row.source() == null ? "" : "        because: " + row.source() + "\n");
        }
    }

    private static String signed(double weight) {
        return String.format(Locale.ROOT, "%+.2f", weight);
    }
}
