package org.sandbar.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --format}: text for people, or JSON, an object a line, for programs. */
final class OutputFormat {
    @Option(
            names = "--format",
            paramLabel = "text|json",
            description = "for people, or an object of JSON a line (default: text)")
    private Kind kind = Kind.text;

    /** As the user writes them. */
    private enum Kind {
        text,
        json
    }

    boolean isJson() {
        return kind == Kind.json;
    }

    /** Writes the members of one object. */
    interface Members<T> {
        void write(JsonGenerator json, T item) throws IOException;
    }

    /** A line for each item. */
    static <T> String json(List<T> items, Members<T> members) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setRootValueSeparator(null);
            for (T item : items) {
                json.writeStartObject();
                members.write(json, item);
                json.writeEndObject();
                json.writeRaw('\n');
            }
        } catch (IOException impossible) {
            throw new IllegalStateException("writing to memory cannot fail", impossible);
        }
        return text.toString();
    }

    static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
