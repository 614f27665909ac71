package org.sandbar.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One run of the command inside the test's own process: its exit code, and what it wrote to each stream. */
record Run(int code, byte[] data, String messages) {
    static final Path ROOT = Path.of(System.getProperty("sandbar.root"));
    static final Path SAMPLES = ROOT.resolve("samples-pcap");
    static final Path SHARED = ROOT.resolve("../shared").normalize();

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    static Run of(Object... arguments) {
        return with(InputStream.nullInputStream(), arguments);
    }

    static Run with(byte[] input, Object... arguments) {
        return with(new ByteArrayInputStream(input), arguments);
    }

    private static Run with(InputStream input, Object... arguments) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        Run run = into(data, input, arguments);
        return new Run(run.code, data.toByteArray(), run.messages);
    }

    /** Writes its data elsewhere; the run itself has none. */
    static Run into(OutputStream data, InputStream input, Object... arguments) {
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        PrintStream lines = new PrintStream(messages, true, StandardCharsets.UTF_8);
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        int code = Sandbar.execute(words, new Console(input, data, lines, false, false));
        return new Run(code, new byte[0], messages.toString(StandardCharsets.UTF_8));
    }

    String text() {
        return new String(data, StandardCharsets.UTF_8);
    }

    List<String> lines() {
        return text().lines().toList();
    }

    /** Every line as JSON; a key that stands twice in an object is an error. */
    List<JsonNode> events() {
        List<JsonNode> events = new ArrayList<>();
        for (String line : lines()) {
            events.add(event(line));
        }
        return events;
    }

    static JsonNode event(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException broken) {
            throw new AssertionError("not JSON: " + line, broken);
        }
    }

    List<JsonNode> events(String type) {
        return events().stream()
                .filter(event -> event.get("event_type").asText().equals(type))
                .toList();
    }

    /** Whether a defect shows: an exception that was caught, or one that was not. */
    boolean isDefective() {
        return messages.contains("defects caught")
                || messages.contains("internal error")
                || messages.contains("Exception")
                || messages.contains("\tat ");
    }
}
