package org.sandbar.output;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Tables that are part of the program: a row a line, two blanks or more between columns, {@code #} before what is for people. */
final class Table {
    private Table() {}

    static List<String[]> rows(String name) {
        try (InputStream in = Table.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.strip().split(" {2,}"))
                    .toList();
        } catch (IOException unreadable) {
            throw new IllegalStateException(name, unreadable);
        }
    }
}
