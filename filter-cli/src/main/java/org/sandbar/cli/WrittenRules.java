package org.sandbar.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sandbar.engine.BuiltIn;
import org.sandbar.rule.Rule;
import org.sandbar.rule.RuleBook;
import org.sandbar.yaml.Fault;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The rules that a command about rules is about: what the user names, read along with all rules that they may refer to. */
final class WrittenRules {
    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description =
                    "rules and folders of rules, read beside the shipped ones; only they are told of (default: all rules)")
    private List<Path> paths = new ArrayList<>();

    @Mixin
    private RuleFiles files = new RuleFiles();

    @Mixin
    private Configuration configuration = new Configuration();

    /** All rules, with whatever is wrong in them. */
    RuleBook read() {
        List<Path> all = new ArrayList<>(files.paths());
        all.addAll(paths);
        Settings given = settings();
        return RuleBook.read(all, BuiltIn.kinds(), given.limits(), given.tuning());
    }

    Settings settings() {
        return configuration.settings();
    }

    /** All rules, of which none may have an error. */
    RuleBook readSound() {
        return sound(read());
    }

    /** The same; told where it has an error. */
    static RuleBook sound(RuleBook book) {
        List<Fault> errors = book.faults().stream().filter(Fault::isError).toList();
        if (!errors.isEmpty()) {
            throw new Failure(ExitCode.FAILED, Fault.text(errors));
        }
        return book;
    }

    /** Those of them that the user named, or all where he named none. */
    List<Rule> asked(RuleBook book) {
        List<Path> places = paths.stream().map(WrittenRules::real).toList();
        return book.rules().rules().stream()
                .filter(rule -> places.isEmpty()
                        || places.stream()
                                .anyMatch(place -> real(book.file(rule)).startsWith(place)))
                .toList();
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException missing) {
            return path.toAbsolutePath().normalize();
        }
    }
}
