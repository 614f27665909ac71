package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.sandbar.output.EveSink;

/** What every line of EVE must be, whatever was on the wire; and Suricata's own schema, where it is at hand. */
final class Eve {
    private static final Path FILE = Run.SHARED.resolve("schemas/eve-suricata-8.0.6.schema.json");
    private static final Set<String> TYPES =
            Set.of("alert", "drop", "flow", "ftp", "ftp_data", "http", "stats", "websocket");

    private final Schema schema;

    Eve() throws IOException {
        schema = Files.exists(FILE)
                ? SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(FILE))
                : null;
    }

    boolean hasSchema() {
        return schema != null;
    }

    void check(String line) {
        assertTrue(line.getBytes(StandardCharsets.UTF_8).length <= EveSink.LONGEST_LINE, line);
        assertTrue(line.startsWith("{\"timestamp\":\""), line);
        line.chars().forEach(letter -> assertTrue(letter >= ' ', line));
        JsonNode event = Run.event(line);
        if (schema != null && TYPES.contains(event.get("event_type").asText())) {
            ((ObjectNode) event).remove("sandbar");
            assertEquals(List.of(), schema.validate(event.toString(), InputFormat.JSON), line);
        }
    }
}
