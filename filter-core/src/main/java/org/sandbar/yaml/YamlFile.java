package org.sandbar.yaml;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads a YAML file into the trees of its documents, those that are empty left out. What is wrong with the YAML itself goes into the
 * caller's list of faults, as do the faults that the nodes tell later; nothing is thrown. Anchors, aliases and tags are refused:
 * what a file says stands where it says it.
 */
public final class YamlFile {
    private static final int DEEPEST = 64;
    /** Made once: to make them costs as much as to read a small file. */
    private static final LoadSettings SETTINGS = LoadSettings.builder().build();

    private final YamlSource source;
    private Iterator<Event> events;

    private YamlFile(YamlSource source) {
        this.source = source;
    }

    /** Reads a file; one that cannot be read is a fault too. Its path, as given, is its name in faults. */
    public static List<YamlNode> read(Path path, List<Fault> faults) {
        String text = text(path, faults);
        return text == null ? List.of() : parse(path.toString(), text, faults);
    }

    /** Reads a file in which each line that is not empty is a document by itself, as in files of JSON lines. */
    public static List<YamlNode> readLines(Path path, List<Fault> faults) {
        String text = text(path, faults);
        List<YamlNode> documents = new ArrayList<>();
        int before = 0;
        for (String line : text == null ? List.<String>of() : text.lines().toList()) {
            documents.addAll(new YamlFile(new YamlSource(path.toString(), before++, line, faults)).documents());
        }
        return documents;
    }

    /** Null where it cannot be read, and that has been told. */
    private static String text(Path path, List<Fault> faults) {
        String file = path.toString();
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(path);
        } catch (NoSuchFileException missing) {
            faults.add(new Fault(file, 1, 1, "no such file", ""));
            return null;
        } catch (AccessDeniedException forbidden) {
            faults.add(new Fault(file, 1, 1, "cannot be read: permission denied", ""));
            return null;
        } catch (IOException unreadable) {
            faults.add(new Fault(file, 1, 1, "cannot be read: " + unreadable.getMessage(), ""));
            return null;
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\ufffd') < 0) {
            return text;
        }
        // Written so, or in the place of what is not UTF-8.
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(rest);
            return text;
        } catch (CharacterCodingException notUtf8) {
            String before = new String(bytes, 0, rest.position(), StandardCharsets.UTF_8);
            new YamlSource(file, before, faults).faultAtCodePoint(Integer.MAX_VALUE, "not UTF-8");
            return null;
        }
    }

    /** Reads a text that has the name of a file, or a name like one. */
    public static List<YamlNode> parse(String file, String text, List<Fault> faults) {
        String marked = text.startsWith("\ufeff") ? text.substring(1) : text;
        return new YamlFile(new YamlSource(file, marked, faults)).documents();
    }

    private List<YamlNode> documents() {
        List<YamlNode> documents = new ArrayList<>(1);
        try {
            events = new Parse(SETTINGS).parseString(source.text()).iterator();
            while (events.hasNext()) {
                if (events.next().getEventId() == Event.ID.DocumentStart) {
                    YamlNode document = node(events.next(), "the document", 0);
                    if (!document.isNull()) {
                        documents.add(document);
                    }
                }
            }
        } catch (TooDeep tooDeep) {
            // Told where it was found; what comes behind is not read.
        } catch (MarkedYamlEngineException wrong) {
            Mark mark = wrong.getProblemMark().or(wrong::getContextMark).orElse(null);
            String message =
                    wrong.getContext() == null ? wrong.getProblem() : wrong.getContext() + ": " + wrong.getProblem();
            source.faultAtCodePoint(mark == null ? 0 : mark.getIndex(), message);
        } catch (ReaderException wrong) {
            source.faultAtCodePoint(
                    wrong.getPosition(),
                    "the character U+"
                            + Integer.toHexString(0x10000 | wrong.getCodePoint())
                                    .substring(1) + " is not allowed here");
        } catch (YamlEngineException wrong) {
            source.faultAtCodePoint(0, wrong.getMessage());
        }
        return documents;
    }

    private YamlNode node(Event event, String name, int depth) {
        Mark mark = event.getStartMark().orElseThrow();
        int line = mark.getLine() + 1;
        int column = mark.getColumn() + 1;
        if (depth > DEEPEST) {
            source.fault(line, column, "nested too deeply");
            throw new TooDeep();
        }
        if (event instanceof ScalarEvent scalar) {
            if (scalar.getTag().isPresent()) {
                source.fault(line, column, "tags are not supported: quotes make text of anything");
            }
            return new YamlScalar(
                    source,
                    line,
                    column,
                    name,
                    scalar.getValue(),
                    scalar.isPlain(),
                    mark.getIndex(),
                    scalar.isLiteral() || scalar.isFolded());
        }
        if (event instanceof CollectionStartEvent collection
                && collection.getTag().isPresent()) {
            source.fault(line, column, "tags are not supported");
        }
        return switch (event.getEventId()) {
            case MappingStart -> map(line, column, name, depth);
            case SequenceStart -> list(line, column, name, depth);
            default -> {
                source.fault(line, column, "aliases are not supported: repeat what is meant");
                yield new YamlScalar(source, line, column, name, "alias", false, mark.getIndex(), false);
            }
        };
    }

    private YamlList list(int line, int column, String name, int depth) {
        List<YamlNode> elements = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            elements.add(node(event, name, depth + 1));
        }
        return new YamlList(source, line, column, name, elements);
    }

    private YamlMap map(int line, int column, String name, int depth) {
        YamlMap map = new YamlMap(source, line, column, name);
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            YamlNode key = node(event, "a key", depth + 1);
            String called =
                    key instanceof YamlScalar scalar ? "'".concat(scalar.text()).concat("'") : name;
            YamlNode value = node(events.next(), called, depth + 1);
            if (!(key instanceof YamlScalar scalar)) {
                key.mustBe("text");
            } else if (!map.add(scalar, value)) {
                key.fault("duplicate key " + called);
            }
        }
        return map;
    }

    /** Ends the reading of a file. */
    private static final class TooDeep extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooDeep() {
            super(null, null, false, false);
        }
    }
}
