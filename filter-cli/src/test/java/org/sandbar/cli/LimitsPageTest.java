package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.sandbar.bytes.Limits.Bound;

/** The page's table of limits is the one list of them, to the letter. {@code -Dreadme.update=true} rewrites it. */
class LimitsPageTest {
    private static final String HEAD =
            "| name | default | from | to | what it bounds, and what happens beyond it |\n|---|---|---|---|---|\n";

    @Test
    void limitsAreThoseOfTheProgram() throws IOException {
        Path page = Path.of(System.getProperty("sandbar.root"), "docs/limits.md");
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
        String text = Files.readString(page);
        if (Boolean.getBoolean("readme.update")) {
            int from = text.indexOf(HEAD);
            text = text.substring(0, from) + table;
            Files.writeString(page, text);
        }
        assertTrue(
                text.contains(table),
                "the table of limits in docs/limits.md is not that of the program; run with -Dreadme.update=true");
    }
}
