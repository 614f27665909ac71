package org.sandbar.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sandbar rules}: what Sandbar decides by, for those who write it. */
@Command(
        name = "rules",
        description = "Checks, lists, explains and tests rules, and lists the fields that they can name.",
        subcommands = {CheckRules.class, ListRules.class, ExplainRule.class, TestRules.class, ListFields.class})
final class Rules implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "which command of rules? check, list, explain, test or fields");
    }
}
