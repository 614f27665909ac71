package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A list of the Elastic Common Schema's fields, as Elastic publishes it, and what a document must be by it. */
record EcsFields(Map<String, Row> rows) {
    /** The types that are expected of an event of each category. */
    private static final Map<String, Set<String>> EXPECTED = Map.of(
            "intrusion_detection", Set.of("allowed", "denied", "info"),
            "network", Set.of("access", "allowed", "connection", "denied", "end", "info", "protocol", "start"),
            "web", Set.of("access", "error", "info"));

    /** What the list says of a field. */
    private record Row(String type, boolean isArray) {}

    static EcsFields read(Path csv) throws IOException {
        Map<String, Row> rows = new HashMap<>();
        for (String line : Files.readAllLines(csv)) {
            // None of these columns holds a comma.
            String[] columns = line.split(",", 8);
            if (columns.length > 6) {
                rows.put(columns[3], new Row(columns[4], columns[6].equals("array")));
            }
        }
        return new EcsFields(rows);
    }

    void check(JsonNode document) {
        check("", document);
        assertTrue(
                Set.of("alert", "event", "metric")
                        .contains(document.at("/event/kind").asText()),
                document.toString());
        Set<String> left = new HashSet<>();
        document.at("/event/type").forEach(type -> left.add(type.asText()));
        Set<String> types = Set.copyOf(left);
        for (JsonNode category : document.at("/event/category")) {
            Set<String> expected = EXPECTED.get(category.asText());
            assertTrue(types.stream().anyMatch(expected::contains), document.toString());
            left.removeAll(expected);
        }
        assertEquals(Set.of(), left, document.toString());
    }

    private void check(String path, JsonNode node) {
        node.properties().forEach(member -> {
            String name = path + member.getKey();
            JsonNode value = member.getValue();
            if (value.isObject() && !name.equals("sandbar")) {
                check(name + ".", value);
            } else if (!name.equals("sandbar")) {
                Row row = rows.get(name);
                assertNotNull(row, name);
                assertEquals(row.isArray, value.isArray(), name);
                if (value.isArray()) {
                    value.forEach(entry -> checkType(name, row, entry));
                } else {
                    checkType(name, row, value);
                }
            }
        });
    }

    private static void checkType(String name, Row row, JsonNode value) {
        boolean right =
                switch (row.type) {
                    case "long" -> value.isIntegralNumber();
                    case "float" -> value.isNumber();
                    case "boolean" -> value.isBoolean();
                    case "ip" -> value.asText().matches("[0-9a-f.:]+");
                    case "date" -> value.asText().matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\.[0-9]{6}Z");
                    default -> value.isTextual();
                };
        assertTrue(right, name + ": " + row.type + ": " + value);
    }
}
