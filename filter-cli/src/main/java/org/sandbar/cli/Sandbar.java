package org.sandbar.cli;

import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code sandbar} command. Data goes to stdout, everything for people to stderr; what goes wrong is one line and an exit code. */
@Command(
        name = "sandbar",
        description = "Shows what an active packet filter would be talked into, and who is really talking.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        footer = {
            "",
            "Exit codes: 0 done, 1 failed, 2 usage, 3 input unreadable or cut short (what could be read was written),",
            "4 permission or library missing, 10 an alert of --fail-on was raised."
        })
public final class Sandbar implements Runnable {
    private static final List<Class<?>> COMMANDS =
            List.of(Replay.class, Watch.class, Guard.class, Interfaces.class, Rules.class, PrintSchema.class);

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "which command? replay, watch, guard, interfaces, rules or schema");
    }

    public static void main(String[] arguments) {
        int code = execute(arguments, Console.ofProcess());
        System.exit(code);
    }

    /** Runs the command as a process would, and returns the exit code. */
    static int execute(String[] arguments, Console console) {
        CommandLine line = new CommandLine(new Sandbar(), new Factory(console));
        commands(arguments).forEach(line::addSubcommand);
        line.setErr(new PrintWriter(console.messages(), true));
        line.setOut(new PrintWriter(console.messages(), true));
        line.setUsageHelpWidth(120);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((wrong, given) -> {
            console.say(UsageFault.oneLine(wrong));
            return ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof Failure known) {
                console.say(known.getMessage());
                return known.exitCode();
            }
            console.say(unexpected(failure));
            return ExitCode.FAILED;
        });
        try {
            return line.execute(arguments);
        } catch (OutOfMemoryError outOfMemory) {
            console.say(unexpected(outOfMemory));
            return ExitCode.FAILED;
        }
    }

    /** That which the first word names, alone: to describe the others would take longer than to read a small capture. Else all. */
    private static List<Class<?>> commands(String[] arguments) {
        for (Class<?> command : COMMANDS) {
            String name = command.getAnnotation(Command.class).name();
            if (arguments.length > 0 && arguments[0].equals(name)) {
                return List.of(command);
            }
        }
        return COMMANDS;
    }

    private static String unexpected(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return "out of memory; give it more with SANDBAR_JAVA_OPTIONS=-Xmx4g, or keep less with --set"
                        + " limits.flows=NUMBER";
            }
        }
        return "internal error: " + failure + Failure.place(failure)
                + "; please report it with the command that you gave";
    }

    /** Makes the commands; those that talk to people are given the console. */
    private record Factory(Console console) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                if (List.of(constructor.getParameterTypes()).equals(List.of(Console.class))) {
                    return type.cast(constructor.newInstance(console));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
