package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sandbar.cli.FieldTable.Row;
import org.sandbar.event.Field;
import org.sandbar.event.Field.Type;
import org.sandbar.event.Field.Unit;

/**
 * The fields that rules can name, in the program and on their page, which is made from the program ({@code -Dreadme.update=true}
 * writes it anew). So are the examples: each is a value that a sample's output holds; only for a field that no sample shows one is
 * written by hand.
 */
class FieldsTest {
    private static final Path PAGE = Run.ROOT.resolve("docs/fields.md");
    private static final Path EXAMPLES =
            Run.ROOT.resolve("filter-cli/src/main/resources/org/sandbar/cli/field-examples.tsv");
    private static final int READABLE = 48;
    private static final Set<String> DULL = Set.of("false", "0", "\"\"", "[]");
    private static final String HEAD = """
            # Fields

            What a rule can ask of an event, by kind of event (`logsource.service`). A field's name is its path in the JSON without the
            leading `sandbar.`; the same table is shown by `sandbar rules fields`. A fact that is not known is absent, and every
            comparison with it is false. What rules can ask of each type: text and lists of texts take `contains`, `startswith`,
            `endswith`, `re`; numbers `gt`, `gte`, `lt`, `lte`; addresses `cidr`; times `minute`, `hour`, `day`, `week`, `month`, `year`; all of
            them `exists`, which is all that tables take, and all others `neq`, `fieldref` or a plain value.
            The examples are from the output of the [samples](../samples-pcap/README.md).
            """;

    @Test
    void numbersHaveUnitsAndAllHaveMeanings() {
        for (Row row : FieldTable.shipped().rows()) {
            Field field = row.field();
            boolean number = field.type() == Type.NUMBER || field.type() == Type.DECIMAL;
            assertEquals(number, field.unit() != Unit.NONE, row.toString());
            assertFalse(field.meaning().isBlank(), row.toString());
        }
    }

    @Test
    void examplesAreFromTheSamples() throws IOException {
        Map<String, Map<String, Integer>> seen = seen();
        if (Boolean.getBoolean("readme.update")) {
            update(seen);
        }
        for (Row row : FieldTable.of(Files.readAllLines(EXAMPLES)).rows()) {
            assertNotEquals("", row.example(), row.kind() + ' ' + row.field());
            Map<String, Integer> values = seen.get(row.kind() + '\t' + row.field());
            assertTrue(values == null || values.containsKey(row.example()), row.toString());
        }
    }

    /** What is still seen stays as it is. */
    private static void update(Map<String, Map<String, Integer>> seen) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Row row : FieldTable.of(Files.readAllLines(EXAMPLES)).rows()) {
            String place = row.kind() + '\t' + row.field();
            Map<String, Integer> values = seen.getOrDefault(place, Map.of(row.example(), 1));
            lines.add(place + '\t' + (values.containsKey(row.example()) ? row.example() : best(values)));
        }
        Files.write(EXAMPLES, lines);
    }

    /** The one that is seen most, if it can be read at a glance and says something. */
    private static String best(Map<String, Integer> values) {
        String best = null;
        int most = 0;
        for (Map.Entry<String, Integer> value : values.entrySet()) {
            boolean telling = value.getKey().length() <= READABLE && !DULL.contains(value.getKey());
            int worth = telling ? 1_000_000 + value.getValue() : value.getValue();
            if (worth > most) {
                best = value.getKey();
                most = worth;
            }
        }
        return best;
    }

    /** All values in the samples' output and how often each stands there, by kind and path. */
    private static Map<String, Map<String, Integer>> seen() throws IOException {
        Map<String, Map<String, Integer>> seen = new HashMap<>();
        List<Row> rows = FieldTable.shipped().rows();
        try (Stream<Path> files = Files.walk(Run.SAMPLES, 3)) {
            for (Path file : files.filter(path -> path.endsWith("expect.ndjson"))
                    .sorted()
                    .toList()) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode event = Run.event(line);
                    rows.forEach(row -> see(row, event, seen));
                }
            }
        }
        return seen;
    }

    private static void see(Row row, JsonNode event, Map<String, Map<String, Integer>> seen) {
        String kind = event.get("event_type").asText();
        boolean common = row.kind().equals(FieldTable.EVERY) && !kind.equals("stats");
        boolean typeOfAlert = kind.equals("alert") && row.field().path().equals("event_type");
        String pointer =
                (row.field().isOwn() ? "/sandbar/" : "/") + row.field().path().replace('.', '/');
        JsonNode value = event.at(pointer);
        value = row.field().type() == Type.ROWS ? value.path(0) : value;
        if ((common || row.kind().equals(kind)) && !typeOfAlert && !value.isMissingNode() && !value.isNull()) {
            seen.computeIfAbsent(row.kind() + '\t' + row.field(), none -> new LinkedHashMap<>())
                    .merge(value.toString(), 1, Integer::sum);
        }
    }

    @Test
    void pageIsThatOfTheProgram() throws IOException {
        String page = HEAD + FieldTable.of(Files.readAllLines(EXAMPLES)).markdown();
        if (Boolean.getBoolean("readme.update")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE), "run with -Dreadme.update=true");
    }

    @Test
    void listsThem() {
        Run all = Run.of("rules", "fields");
        assertEquals(ExitCode.DONE, all.code(), all.messages());
        Run pinhole = Run.of("rules", "fields", "pinhole");
        assertTrue(pinhole.text().contains("pinhole.to_port "), pinhole.text());
        assertTrue(pinhole.text().contains("src_ip "), pinhole.text());
        assertFalse(pinhole.text().contains("ftp.command "), pinhole.text());
        Run wrong = Run.of("rules", "fields", "pinhloe");
        assertEquals(ExitCode.USAGE, wrong.code());
        assertEquals("sandbar: no kind of event is called 'pinhloe': did you mean 'pinhole'?\n", wrong.messages());
    }

    @Test
    void listsThemForPrograms() {
        List<JsonNode> fields = Run.of("rules", "fields", "--format", "json").events();
        assertEquals(FieldTable.shipped().rows().size(), fields.size());
        for (JsonNode field : fields) {
            assertEquals(6, field.size(), field.toString());
            assertFalse(field.get("example").isNull(), field.toString());
        }
    }
}
