package org.sandbar.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which rules there are: those that are shipped, what the user adds to them, or his alone. Common to the commands that need rules. */
final class RuleFiles {
    @Option(
            names = {"-s", "--rules"},
            paramLabel = "FILE|DIR",
            description = "rules beside the shipped ones; repeatable")
    private List<Path> added = new ArrayList<>();

    @Option(
            names = {"-S", "--rules-only"},
            paramLabel = "FILE|DIR",
            description = "these rules alone; repeatable")
    private List<Path> only = new ArrayList<>();

    /** Files and folders, those of the user last. */
    List<Path> paths() {
        List<Path> paths = new ArrayList<>(only.isEmpty() ? List.of(Knowledge.shippedRules()) : only);
        paths.addAll(added);
        return paths;
    }
}
