package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sandbar.output.Format;

/** The pages of the formats end in the tables that the sinks write by; {@code -Dreadme.update=true} writes these anew. */
class FormatPagesTest {
    private static final String TABLE = "## The table\n\n";

    @ParameterizedTest
    @EnumSource(names = {"ECS", "OCSF", "CEF", "LEEF"})
    void showTheTable(Format format) throws IOException {
        Path page = Run.ROOT.resolve("docs/" + format + ".md");
        String text = Files.readString(page);
        String wanted = text.substring(0, text.indexOf(TABLE)) + TABLE + table(format);
        if (Boolean.getBoolean("readme.update")) {
            Files.writeString(page, wanted);
        }
        assertEquals(wanted, Files.readString(page));
    }

    private static String table(Format format) {
        StringBuilder table =
                new StringBuilder("| records | place | what stands there | spelled |\n|---|---|---|---|\n");
        for (List<String> row : format.table()) {
            String records = row.get(0).equals("*")
                    ? "all"
                    : row.get(0).replace("|", " \\| ").replace("!", "not ");
            table.append("| ")
                    .append(records)
                    .append(" | `")
                    .append(row.get(1).replace("!", ""))
                    .append("` | `");
            table.append(row.get(2))
                    .append("` | ")
                    .append(row.size() > 3 ? row.get(3) : "")
                    .append(" |\n");
        }
        return table.toString();
    }
}
