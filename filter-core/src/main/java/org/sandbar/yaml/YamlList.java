package org.sandbar.yaml;

import java.util.Collections;
import java.util.List;

/** A list in a YAML file. See {@link YamlNode}. */
public final class YamlList extends YamlNode {
    private final List<YamlNode> elements;

    YamlList(YamlSource source, int line, int column, String name, List<YamlNode> elements) {
        super(source, line, column, name);
        this.elements = Collections.unmodifiableList(elements);
    }

    @Override
    public String toString() {
        return elements.toString();
    }

    @Override
    String what() {
        return "a list";
    }

    @Override
    public List<YamlNode> asList() {
        return elements;
    }
}
