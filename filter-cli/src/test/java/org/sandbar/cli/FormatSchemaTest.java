package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sandbar.output.EveSink;
import org.sandbar.output.Format;
import org.sandbar.trust.TrustClass;
import org.sandbar.verdict.Answer;
import org.sandbar.verdict.Policy;

/** Every record of every format, of all samples, is what the format's makers publish, and what {@code sandbar schema} prints. */
class FormatSchemaTest {
    private static final Path SCHEMAS = Run.SHARED.resolve("schemas");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Format, List<String>> SAMPLES = new HashMap<>();

    private static List<String> lines(Format format) {
        return SAMPLES.computeIfAbsent(format, FormatSchemaTest::write);
    }

    /** What replay writes of all samples, and guard of some that it stops. */
    private static List<String> write(Format format) {
        Run run = Run.of("replay", "-o", format + ":-", Run.SAMPLES);
        assertEquals(ExitCode.DONE, run.code(), run.messages());
        assertFalse(run.isDefective(), run.messages());
        assertFalse(run.lines().isEmpty());
        List<String> lines = new ArrayList<>(run.lines());
        for (boolean simulated : new boolean[] {false, true}) {
            Map<TrustClass, Policy> policies = Inlined.stopping(TrustClass.SANDBOXED, Answer.REJECT, "websocket");
            for (String sample : List.of("ftp/cleartext-credentials", "http/chromium-page")) {
                lines.addAll(Inlined.of(format, sample, policies, simulated, Inlined.STOPPING)
                        .lines());
            }
        }
        return lines;
    }

    @ParameterizedTest
    @EnumSource
    void printsTheSchemaOfWhatItWrites(Format format) throws IOException {
        Run printed = Run.of("schema", format);
        assertEquals(ExitCode.DONE, printed.code(), printed.messages());
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(printed.text());
        JsonNode members = JSON.readTree(printed.text()).path("properties");
        for (String line : lines(format)) {
            assertTrue(line.getBytes(StandardCharsets.UTF_8).length <= EveSink.LONGEST_LINE, line);
            JsonNode record =
                    switch (format) {
                        case EVE, ECS, OCSF -> Run.event(line);
                        case CEF -> typed(Pairs.ofCef(line), members);
                        case LEEF -> typed(Pairs.ofLeef(line), members);
                        case TEXT -> new TextNode(line);
                    };
            assertEquals(List.of(), schema.validate(record.toString(), InputFormat.JSON), line);
        }
    }

    /** Of the types that the schema says. */
    private static ObjectNode typed(Map<String, String> pairs, JsonNode members) throws IOException {
        ObjectNode record = JSON.createObjectNode();
        for (Map.Entry<String, String> pair : pairs.entrySet()) {
            JsonNode member = members.path(pair.getKey());
            String value = pair.getValue();
            switch (member.path("type").asText()) {
                case "integer" -> record.put(pair.getKey(), Long.parseLong(value));
                case "number" -> record.put(pair.getKey(), Double.parseDouble(value));
                case "boolean" -> record.put(pair.getKey(), Boolean.parseBoolean(value));
                case "array" ->
                    record.set(
                            pair.getKey(),
                            member.at("/items/type").asText().equals("object")
                                    ? JSON.readTree(Pairs.plain(value))
                                    : JSON.valueToTree(value.split(",")));
                default -> record.put(pair.getKey(), value);
            }
        }
        return record;
    }

    @Test
    void aFormatThatIsNoneHasNoSchema() {
        Run run = Run.of("schema", "ec");
        assertEquals(ExitCode.USAGE, run.code());
        assertTrue(run.messages().contains("did you mean 'ecs'?"), run.messages());
    }

    @Test
    void ocsfIsValid() throws IOException {
        assumeTrue(Files.isDirectory(SCHEMAS));
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
        Map<Integer, Schema> classes = Map.of(
                2004,
                registry.getSchema(Files.readString(SCHEMAS.resolve("ocsf-1.8-detection-finding-2004.schema.json"))),
                4001,
                registry.getSchema(Files.readString(SCHEMAS.resolve("ocsf-1.8-network-activity-4001.schema.json"))));
        for (String line : lines(Format.OCSF)) {
            JsonNode event = Run.event(line);
            Schema schema = classes.get(event.path("class_uid").asInt());
            assertEquals(List.of(), schema.validate(line, InputFormat.JSON), line);
            int expected = event.path("class_uid").asInt() * 100
                    + event.path("activity_id").asInt();
            assertEquals(expected, event.path("type_uid").asInt(), line);
            boolean finding = event.at("/metadata/log_name").asText().matches("alert|pinhole");
            assertEquals(finding ? 2004 : 4001, event.path("class_uid").asInt(), line);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecs-8.11-fields.csv", "ecs-9-fields.csv"})
    void ecsHasOnlyFieldsOfItsLists(String list) throws IOException {
        assumeTrue(Files.isDirectory(SCHEMAS));
        EcsFields fields = EcsFields.read(SCHEMAS.resolve(list));
        lines(Format.ECS).forEach(line -> fields.check(Run.event(line)));
    }

    @Test
    void cefHasTheTypesOfItsDictionary() {
        for (String line : lines(Format.CEF)) {
            Map<String, String> record = Pairs.ofCef(line);
            record.forEach((key, value) -> {
                String wanted =
                        switch (key) {
                            case "src", "dst" -> "[0-9]{1,3}(\\.[0-9]{1,3}){3}";
                            case "c6a2", "c6a3" -> "[0-9a-f:]+(\\.[0-9.]+)?";
                            case "spt", "dpt" -> "[0-9]{1,5}";
                            case "rt", "start", "end" -> "[0-9]{13}";
                            case "in", "out", "cnt", "cn1", "cn2", "cn3", "fsize" -> "[0-9]+";
                            case "severity" -> "[0-9]|10";
                            case "outcome" -> "success|failure";
                            case "externalId" -> ".{1,40}";
                            default -> "(?s).{0,4000}";
                        };
                assertTrue(key.startsWith("sandbar") || value.matches(wanted), key + "=" + value);
                if (key.matches("(cs|cn|c6a|flexString)[0-9]")) {
                    assertTrue(record.containsKey(key + "Label"), line);
                }
            });
            assertTrue(record.get("name").length() <= 512, line);
        }
    }

    @Test
    void leefHasTheTypesOfItsAttributes() {
        for (String line : lines(Format.LEEF)) {
            Map<String, String> record = Pairs.ofLeef(line);
            assertTrue(record.get("sev").matches("[1-9]|10"), line);
            assertTrue(record.get("devTime").matches("[0-9]{13}"), line);
            assertTrue(record.getOrDefault("srcPort", "0").matches("[0-9]{1,5}"), line);
        }
    }

    /** Nothing is said in one format and not in the others; statistics are no events. */
    @ParameterizedTest
    @EnumSource(names = {"ECS", "OCSF", "CEF", "LEEF"})
    void everyEventIsThere(Format format) {
        long expected = lines(Format.EVE).stream()
                .filter(line -> !line.contains("\"event_type\":\"stats\""))
                .count();
        long there = lines(format).stream()
                .filter(line -> !line.contains("\"dataset\":\"sandbar.stats\""))
                .count();
        assertEquals(expected, there);
    }
}
