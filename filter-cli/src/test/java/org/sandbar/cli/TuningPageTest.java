package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/tuning.md}, literally: its files are written, its commands run one behind the other in one shell, and what they print is what
 * the page shows, where {@code …} stands for anything.
 */
@Timeout(120)
class TuningPageTest {
    private static final Pattern BLOCK =
            Pattern.compile("```(yaml (?<file>\\S+)|console)\\n(?<text>.*?)```", Pattern.DOTALL);
    private static final String BETWEEN = "-- the next command --";

    @TempDir
    private Path folder;

    /** A command of the page, and what it shows behind it. */
    private record Step(String command, String shown) {}

    @Test
    void holds() throws IOException, InterruptedException {
        Path launcher = folder.resolve("sandbar");
        Files.writeString(
                launcher,
                "#!/bin/sh\nexec " + Path.of(System.getProperty("java.home"), "bin", "java") + " -Dsandbar.home="
                        + Run.ROOT + " -cp '" + System.getProperty("java.class.path") + "' " + Sandbar.class.getName()
                        + " \"$@\"\n");
        assertTrue(launcher.toFile().setExecutable(true));
        List<Step> steps = new ArrayList<>();
        String script = "ln -s " + Run.SAMPLES + " samples-pcap\n"
                + script(Files.readString(Run.ROOT.resolve("docs/tuning.md")), steps);
        List<String> printed = List.of(run(script + "rm samples-pcap\n").split(BETWEEN + "\n", -1));
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            String text = i < printed.size() ? printed.get(i) : "(not run)";
            assertTrue(pattern(step.shown).matcher(text).matches(), step.command + "\n" + text);
        }
        assertEquals(steps.size() + 1, printed.size());
    }

    private static String script(String page, List<Step> steps) {
        StringBuilder script = new StringBuilder("exec 2>&1\n");
        Matcher block = BLOCK.matcher(page);
        while (block.find()) {
            String text = block.group("text");
            if (block.group("file") != null) {
                String file = block.group("file");
                script.append("mkdir -p $(dirname ")
                        .append(file)
                        .append(")\ncat > ")
                        .append(file);
                script.append(" <<'END'\n").append(text).append("END\n");
                continue;
            }
            for (String step : text.split("(?m)^\\$ ")) {
                if (!step.isEmpty()) {
                    String command = step.substring(0, step.indexOf('\n'));
                    steps.add(new Step(command, step.substring(command.length() + 1)));
                    script.append(command).append("\necho '").append(BETWEEN).append("'\n");
                }
            }
        }
        return script.toString();
    }

    private static Pattern pattern(String shown) {
        List<String> parts = new ArrayList<>();
        for (String part : shown.split("…\n?", -1)) {
            parts.add(part.isEmpty() ? "" : Pattern.quote(part));
        }
        return Pattern.compile(String.join(".*", parts), Pattern.DOTALL);
    }

    private String run(String script) throws IOException, InterruptedException {
        Path printed = folder.resolve("printed");
        Process shell = new ProcessBuilder("bash", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        try {
            assertTrue(shell.waitFor(90, TimeUnit.SECONDS), Files.readString(printed));
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        }
        return Files.readString(printed);
    }
}
