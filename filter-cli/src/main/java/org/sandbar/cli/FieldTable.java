package org.sandbar.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sandbar.engine.BuiltIn;
import org.sandbar.event.Common;
import org.sandbar.event.EventKind;
import org.sandbar.event.Field;

/**
 * Every field that a rule can name, in groups: those that every event has, then those of each kind. The examples come from the
 * samples, as they are written there in JSON; they are kept in a list of their own, so that they can be shown where no samples are.
 */
record FieldTable(List<Row> rows) {
    /** What stands in place of a kind for the fields that every event has. */
    static final String EVERY = "every event";

    private static final String EXAMPLES = "field-examples.tsv";
    private static final int LONGEST_EXAMPLE = 48;

    /** One field of a kind, or of every event. */
    record Row(String kind, Field field, String example) {
        /** The example as far as a table has room for it. */
        String shortExample() {
            return example.length() <= LONGEST_EXAMPLE ? example : example.substring(0, LONGEST_EXAMPLE - 1) + "…";
        }
    }

    /** With the examples that the program comes with. */
    static FieldTable shipped() {
        try (InputStream in = FieldTable.class.getResourceAsStream(EXAMPLES)) {
            return of(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        } catch (IOException broken) {
            throw new IllegalStateException(EXAMPLES, broken);
        }
    }

    /** With these examples: kind, path and value, with tabs between them. */
    static FieldTable of(List<String> examples) {
        Map<String, String> known = new HashMap<>();
        for (String line : examples) {
            int tab = line.lastIndexOf('\t');
            known.put(line.substring(0, tab), line.substring(tab + 1));
        }
        List<Row> rows = new ArrayList<>();
        add(rows, EVERY, Common.fields(), known);
        for (EventKind kind : BuiltIn.kinds()) {
            add(rows, kind.name(), kind.fields(), known);
        }
        return new FieldTable(rows);
    }

    private static void add(List<Row> rows, String kind, List<Field> fields, Map<String, String> examples) {
        for (Field field : fields) {
            rows.add(new Row(kind, field, examples.getOrDefault(kind + '\t' + field.path(), "")));
        }
    }

    /** The example of a field as JSON, empty where there is none. */
    String example(Field field) {
        return rows.stream()
                .filter(row -> row.field == field)
                .map(Row::example)
                .findFirst()
                .orElse("");
    }

    /** Of one kind, with those of every event before them. */
    FieldTable of(String kind) {
        return new FieldTable(rows.stream()
                .filter(row -> row.kind.equals(EVERY) || row.kind.equals(kind))
                .toList());
    }

    /** The groups in their order. */
    List<String> kinds() {
        return rows.stream().map(Row::kind).distinct().toList();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (String kind : kinds()) {
            TextTable table = new TextTable();
            for (Row row : rows) {
                if (row.kind.equals(kind)) {
                    Field field = row.field;
                    table.row(
                            "  " + field.path(),
                            field.type().called(),
                            field.unit().called(),
                            row.shortExample(),
                            field.meaning());
                }
            }
            text.append(text.isEmpty() ? "" : "\n").append(kind).append('\n').append(table);
        }
        return text.toString();
    }

    String json() {
        return OutputFormat.json(rows, (json, row) -> {
            json.writeStringField("kind", row.kind);
            json.writeStringField("field", row.field.path());
            json.writeStringField("type", row.field.type().name().toLowerCase(Locale.ROOT));
            json.writeStringField("unit", row.field.unit().called());
            json.writeFieldName("example");
            json.writeRawValue(row.example.isEmpty() ? "null" : row.example);
            json.writeStringField("meaning", row.field.meaning());
        });
    }

    /** As a page. */
    String markdown() {
        StringBuilder text = new StringBuilder();
        for (String kind : kinds()) {
            text.append("\n## ").append(kind).append("\n\n");
            text.append("| field | type | unit | example | meaning |\n|---|---|---|---|---|\n");
            for (Row row : rows) {
                if (row.kind.equals(kind)) {
                    Field field = row.field;
                    text.append("| `").append(field.path()).append("` | ");
                    text.append(field.type().called()).append(" | ");
                    text.append(field.unit().called()).append(" | ");
                    text.append(code(row.shortExample())).append(" | ");
                    text.append(field.meaning().replace("|", "\\|")).append(" |\n");
                }
            }
        }
        return text.toString();
    }

    private static String code(String example) {
        String fence = example.contains("`") ? "``" : "`";
        return example.isEmpty() ? "" : fence + example.replace("|", "\\|") + fence;
    }
}
