package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each sample is replayed and compared with the whole output that stands beside it; {@code -Dgolden.update=true} writes that output
 * anew, to be read before it is committed. Which rules may speak is asserted from the samples' own README, which nobody generates.
 */
class GoldenTest {
    private static final Pattern ROW = Pattern.compile("\\| \\[([a-z/0-9-]+)]\\([^)]*\\) \\| (.*) \\|");
    private static final Pattern SLUG = Pattern.compile("`([a-z0-9-]+)`");

    private static List<Path> cases() throws IOException {
        try (Stream<Path> files = Files.walk(Run.SAMPLES, 3)) {
            return files.filter(file -> file.endsWith("input.pcap"))
                    .map(Path::getParent)
                    .sorted()
                    .toList();
        }
    }

    private static Stream<DynamicTest> forEachCase(Consumer<Path> test) throws IOException {
        return cases().stream().map(folder -> DynamicTest.dynamicTest(name(folder), () -> test.accept(folder)));
    }

    private static String name(Path folder) {
        return Run.SAMPLES.relativize(folder).toString();
    }

    private static Run replay(Path folder) {
        Run run = Run.of("replay", folder.resolve("input.pcap"));
        assertEquals(ExitCode.DONE, run.code(), run.messages());
        assertFalse(run.isDefective(), run.messages());
        return run;
    }

    @TestFactory
    Stream<DynamicTest> output() throws IOException {
        return forEachCase(folder -> compare(folder.resolve("expect.ndjson"), replay(folder)));
    }

    private static void compare(Path expectation, Run run) {
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.write(expectation, run.data());
            }
            String[] expected =
                    Files.readString(expectation, StandardCharsets.UTF_8).split("\n");
            String[] told = run.text().split("\n");
            for (int i = 0; i < Math.min(expected.length, told.length); i++) {
                assertEquals(expected[i], told[i], "line " + (i + 1));
            }
            assertEquals(expected.length, told.length, "lines");
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }

    @TestFactory
    Stream<DynamicTest> alerts() throws IOException {
        Map<String, Set<String>> table = readme();
        return forEachCase(folder -> {
            Set<String> rules = new TreeSet<>();
            for (JsonNode alert : replay(folder).events("alert")) {
                rules.add(alert.at("/sandbar/rule").asText());
            }
            assertEquals(table.get(name(folder)), rules);
        });
    }

    @Test
    void everyCaseStandsInTheReadme() throws IOException {
        Set<String> cases = new TreeSet<>();
        cases().forEach(folder -> cases.add(name(folder)));
        assertEquals(readme().keySet(), cases);
    }

    /** The rules that each case is meant for; none where it must stay silent. */
    private static Map<String, Set<String>> readme() throws IOException {
        Map<String, Set<String>> table = new TreeMap<>();
        for (String line : Files.readAllLines(Run.SAMPLES.resolve("README.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                Set<String> rules = new TreeSet<>();
                SLUG.matcher(row.group(2)).results().forEach(slug -> rules.add(slug.group(1)));
                table.put(row.group(1), rules);
            }
        }
        return table;
    }
}
