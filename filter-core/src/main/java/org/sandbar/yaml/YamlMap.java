package org.sandbar.yaml;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A map in a YAML file, its keys in the order in which they are written, each once. See {@link YamlNode}. */
public final class YamlMap extends YamlNode {
    /** A key and what stands under it. */
    public record Entry(YamlScalar key, YamlNode value) {
        @Override
        public String toString() {
            return key + ": " + value;
        }
    }

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    YamlMap(YamlSource source, int line, int column, String name) {
        super(source, line, column, name);
    }

    /** Whether the key was not there before; what stood there stays. */
    boolean add(YamlScalar key, YamlNode value) {
        return entries.putIfAbsent(key.text(), new Entry(key, value)) == null;
    }

    @Override
    public String toString() {
        return entries.values().toString();
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
        return List.copyOf(entries.values());
    }

    /** What stands under the key, or null where the key is absent. */
    public YamlNode get(String key) {
        Entry entry = entries.get(key);
        return entry == null ? null : entry.value();
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
    public void allowOnly(Collection<String> known) {
        for (Entry entry : entries.values()) {
            String key = entry.key().text();
            if (!known.contains(key)) {
                entry.key().fault("unknown key '" + key + "'" + Spelling.hint(key, List.copyOf(known)));
            }
        }
    }
}
