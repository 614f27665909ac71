package org.sandbar.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.sandbar.bytes.Words;
import org.sandbar.rule.Rule;
import org.sandbar.yaml.Spelling;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A rule's level as rules spell it. */
final class LevelWord implements ITypeConverter<Rule.Level>, Iterable<String> {
    @Override
    public Rule.Level convert(String word) {
        for (Rule.Level level : Rule.Level.values()) {
            if (Words.of(level).equals(word)) {
                return level;
            }
        }
        throw new TypeConversionException("no level is called '" + word + "'" + Spelling.hint(word, words()));
    }

    private static List<String> words() {
        List<String> words = new ArrayList<>();
        for (Rule.Level level : Rule.Level.values()) {
            words.add(Words.of(level));
        }
        return words;
    }

    @Override
    public Iterator<String> iterator() {
        return words().iterator();
    }
}
