package org.sandbar.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sandbar.engine.BuiltIn;
import org.sandbar.event.EventKind;

/** The tables of the formats name what there is, and what MITRE says. */
class TablesTest {
    private static final Path ATTACK =
            Path.of(System.getProperty("sandbar.root"), "../shared/schemas/attack-enterprise-18.1.csv");

    @ParameterizedTest
    @ValueSource(strings = {"eve.txt", "ecs.txt", "ocsf.txt", "cef.txt", "leef.txt"})
    void everySourceIsKnown(String table) {
        for (String[] row : Table.rows(table)) {
            boolean constant = row[2].matches("\".*\"|[0-9]+|true");
            assertTrue(
                    constant || BuiltIn.kinds().stream().anyMatch(kind -> Told.source(row[2], kind) != null), row[2]);
        }
    }

    /** Two values under one key would be one lost. */
    @ParameterizedTest
    @EnumSource
    void keysAreDistinct(Dialect dialect) {
        for (EventKind kind : BuiltIn.kinds()) {
            Set<String> keys = new HashSet<>();
            ExtensionSink.layout(dialect, kind, true)
                    .forEach(attribute -> assertTrue(keys.add(attribute.key()), kind + " " + attribute.key()));
            for (ExtensionSink.Attribute attribute : ExtensionSink.layout(dialect, kind, true)) {
                long own = attribute.sources().stream()
                        .filter(Source::isPlainField)
                        .count();
                assertTrue(!attribute.key().startsWith("sandbar") || own <= 1, attribute.key());
            }
        }
    }

    @Test
    void techniquesAreThoseOfMitre() throws IOException {
        assumeTrue(Files.exists(ATTACK));
        Map<String, String> published = new HashMap<>();
        for (String line : Files.readAllLines(ATTACK)) {
            if (!line.contains("\"")) {
                published.put(line.substring(0, line.indexOf(',')), line);
            }
        }
        for (String[] row : Table.rows("attack.txt")) {
            if (!row[0].startsWith("TA")) {
                assertEquals(String.join(",", List.of(row[0], row[2], row[1], "")), published.get(row[0]));
            }
        }
    }
}
