package org.sandbar.yaml;

import java.util.ArrayList;
import java.util.List;
import org.sandbar.yaml.Fault.Severity;

/**
 * A value in a YAML file, and where it stands. The {@code as…} methods read it as what the caller needs; where it is something else
 * they tell a {@link Fault} and answer null, so that the caller goes on and finds the other faults too. Faults go into the list
 * that was given to {@link YamlFile}. For one thread.
 */
public abstract sealed class YamlNode permits YamlScalar, YamlList, YamlMap {
    private final YamlSource source;
    private final int line;
    private final int column;

    /** What the node is called in messages: the key that it stands under, in quotes. */
    final String name;

    YamlNode(YamlSource source, int line, int column, String name) {
        this.source = source;
        this.line = line;
        this.column = column;
        this.name = name;
    }

    /** What it is, for messages: {@code text}, {@code a map}, … */
    abstract String what();

    /** What is written, wherever it stands and however it is laid out: the same for nodes that say the same. */
    @Override
    public abstract String toString();

    /** Tells a fault at the beginning of this node. */
    public final void fault(String message) {
        source.fault(line, column, message);
    }

    /** Tells a {@link Fault.Severity#WARNING} at the beginning of this node. */
    public final void warn(String message) {
        source.fault(Severity.WARNING, line, column, message);
    }

    final void mustBe(String wanted) {
        fault(name + " must be " + wanted + ", not " + what());
    }

    final YamlSource source() {
        return source;
    }

    public final String file() {
        return source.file();
    }

    /** From 1. */
    public final int line() {
        return source.inFile(line);
    }

    /** From 1, in code points. */
    public final int column() {
        return column;
    }

    /** Whether nothing is written, or {@code null} or {@code ~}. */
    public boolean isNull() {
        return false;
    }

    public YamlMap asMap() {
        mustBe("a map");
        return null;
    }

    /** The elements of a list. */
    public List<YamlNode> asList() {
        mustBe("a list");
        return null;
    }

    /** Text that is not empty. */
    public String asText() {
        mustBe("text");
        return null;
    }

    /** A whole number within these bounds, both included. */
    public Long asNumber(long least, long most) {
        mustBe("a number");
        return null;
    }

    public Double asDecimal() {
        mustBe("a number");
        return null;
    }

    /** {@code true} or {@code false}. */
    public Boolean asFlag() {
        mustBe("true or false");
        return null;
    }

    /** One of the constants, written in lower case with hyphens. */
    public <E extends Enum<E>> E asOneOf(E[] known) {
        mustBe("text");
        return null;
    }

    /** The elements of a list of texts; those that are not text are told and left out. */
    public final List<String> asTexts() {
        List<YamlNode> nodes = asList();
        if (nodes == null) {
            return null;
        }
        List<String> texts = new ArrayList<>(nodes.size());
        for (YamlNode node : nodes) {
            String text = node.asText();
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }
}
