package org.sandbar.rule;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sandbar.event.Event;
import org.sandbar.event.EventKind;
import org.sandbar.yaml.YamlMap;
import org.sandbar.yaml.YamlNode;
import org.sandbar.yaml.YamlScalar;

/**
 * What a rule is tested by, as its file says under {@code sandbar.tests}: samples that it {@code matches}, and others, as like them as
 * can be, that it {@code ignores}. Immutable, any thread.
 */
public record RuleSamples(List<Sample> matches, List<Sample> ignores) {
    private static final String MATCHES = "matches";
    private static final String IGNORES = "ignores";

    /** One sample, and the line of the rule's file at which it is named. */
    public sealed interface Sample {
        int line();

        /** A capture, or a file of event lines; the path stands as seen from the rule's folder. */
        record File(Path path, int line) implements Sample {
            /** Whether it holds lines of events, as against packets. */
            public boolean holdsEvents() {
                String name = path.getFileName().toString();
                return name.endsWith(".ndjson") || name.endsWith(".json");
            }

            @Override
            public String toString() {
                return path.toString();
            }
        }

        /** An event that stands in the rule's file, as JSON or YAML. */
        record Told(Event event, int line) implements Sample {
            @Override
            public String toString() {
                return "the " + event.kind() + " event in line " + line;
            }
        }
    }

    /** What the rule's document says; what is wrong is told at its place. */
    static RuleSamples read(YamlMap document, Rule rule, List<EventKind> kinds) {
        YamlNode own = document.get("sandbar");
        YamlNode node = own instanceof YamlMap map ? map.get("tests") : null;
        YamlMap tests = node == null ? null : node.asMap();
        if (tests == null) {
            return new RuleSamples(List.of(), List.of());
        }
        tests.allowOnly(List.of(MATCHES, IGNORES));
        EventLine lines = new EventLine(kinds, rule);
        return new RuleSamples(samples(tests.get(MATCHES), lines), samples(tests.get(IGNORES), lines));
    }

    private static List<Sample> samples(YamlNode node, EventLine lines) {
        List<Sample> samples = new ArrayList<>();
        List<YamlNode> elements = node == null ? null : node.asList();
        for (YamlNode element : elements == null ? List.<YamlNode>of() : elements) {
            if (element instanceof YamlMap map) {
                Event event = lines.read(map);
                if (event != null) {
                    samples.add(new Sample.Told(event, element.line()));
                }
            } else if (element instanceof YamlScalar && element.asText() != null) {
                Path folder = Path.of(element.file()).toAbsolutePath().getParent();
                samples.add(new Sample.File(folder.resolve(element.asText()).normalize(), element.line()));
            } else if (!(element instanceof YamlScalar)) {
                element.fault("a sample must be the path of a capture or of a file of event lines, or an event");
            }
        }
        return List.copyOf(samples);
    }
}
