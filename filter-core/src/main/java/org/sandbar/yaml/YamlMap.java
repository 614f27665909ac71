package org.sandbar.yaml;

import java.util.Collections;
import java.util.List;

/** A map in a YAML file, its keys in the order in which they are written, each once. See {@link YamlNode}. */
public final class YamlMap extends YamlNode {
    /** A key and what stands under it. */
    public record Entry(YamlScalar key, YamlNode value) {
        @Override
        public String toString() {
            return key + ": " + value;
        }
    }

    private final List<Entry> entries;

    YamlMap(YamlSource source, int line, int column, String name, List<Entry> entries) {
        super(source, line, column, name);
        this.entries = entries;
    }

    @Override
    public String toString() {
        return entries.toString();
    }

    @Override
    String what() {
        return "a map";
    }

    @Override
    public YamlMap asMap() {
        return this;
    }

    public List<Entry> entries() {
        return Collections.unmodifiableList(entries);
    }

    /** What stands under the key, or null where the key is absent. */
    public YamlNode get(String key) {
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (entry.key().text().equals(key)) {
                return entry.value();
            }
        }
        return null;
    }

    /** What stands under the key; a fault, and null, where the key is absent. */
    public YamlNode need(String key) {
        YamlNode value = get(key);
        if (value == null) {
            fault("missing key '" + key + "'");
        }
        return value;
    }

    /** Tells a fault for each key that is not among these: a misspelt key must not pass in silence. */
    public void allowOnly(List<String> known) {
        for (Entry entry : entries) {
            String key = entry.key().text();
            if (!known.contains(key)) {
                entry.key().fault("unknown key '" + key + "'" + Spelling.hint(key, known));
            }
        }
    }
}
