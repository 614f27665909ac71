package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.sandbar.bytes.Limits.Bound;

/** The README's table of limits is the one list of them, to the letter. {@code -Dreadme.update=true} rewrites it. */
class ReadmeTest {
    private static final String HEAD =
            "| name | default | from | to | what it bounds, and what happens beyond it |\n|---|---|---|---|---|\n";

    @Test
    void limitsAreThoseOfTheProgram() throws IOException {
        Path readme = Path.of(System.getProperty("sandbar.root"), "README.md");
        StringBuilder table = new StringBuilder(HEAD);
        for (Bound bound : Bound.values()) {
            table.append("| `")
                    .append(bound.key())
                    .append("` | ")
                    .append(bound.usual())
                    .append(" | ");
            table.append(bound.least())
                    .append(" | ")
                    .append(bound.most())
                    .append(" | ")
                    .append(bound.help())
                    .append(" |\n");
        }
        String text = Files.readString(readme);
        if (Boolean.getBoolean("readme.update")) {
            int from = text.indexOf(HEAD);
            int to = text.indexOf("\n\n", from);
            text = text.substring(0, from) + table.toString().strip() + text.substring(to);
            Files.writeString(readme, text);
        }
        assertTrue(
                text.contains(table),
                "the table of limits in README.md is not that of the program; run with -Dreadme.update=true");
    }
}
