package org.sandbar.cli;

import java.util.ArrayList;
import java.util.List;
import org.sandbar.yaml.Spelling;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Makes one line of what is wrong with a command line, with the nearest right word where there is one. */
final class UsageFault {
    private UsageFault() {}

    static String oneLine(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        return message(wrong, command) + "; see " + name + " --help";
    }

    private static String message(ParameterException wrong, CommandLine command) {
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String given = unmatched.getUnmatched().get(0);
            if (given.startsWith("-")) {
                int equals = given.indexOf('=');
                String option = equals < 0 ? given : given.substring(0, equals);
                return "unknown option '" + option + "'" + Spelling.hint(option, options(command));
            }
            return "unknown command '" + given + "'"
                    + Spelling.hint(
                            given, new ArrayList<>(command.getSubcommands().keySet()));
        }
        // The parser's own words stutter where a map's value is wrong.
        String text = wrong.getMessage().replace('\n', ' ').replace("option option", "option");
        return text.isEmpty() ? "wrong usage" : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }

    private static List<String> options(CommandLine command) {
        List<String> names = new ArrayList<>();
        command.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
        names.removeIf(name -> !name.startsWith("--"));
        return names;
    }
}
