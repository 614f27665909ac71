package org.sandbar.sink;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Lines for tests. */
final class Lines {
    private Lines() {}

    static Line of(int number) {
        return new Line(
                ("line " + number).getBytes(StandardCharsets.UTF_8), 1_000L * number, "alert", 3, "1:kéy=", number);
    }

    static List<String> texts(List<Line> lines) {
        return lines.stream()
                .map(line -> new String(line.bytes(), StandardCharsets.UTF_8))
                .toList();
    }
}
