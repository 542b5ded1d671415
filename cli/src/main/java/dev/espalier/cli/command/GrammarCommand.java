// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.command;

import dev.espalier.cli.console.Console;
import dev.espalier.cli.grammar.CheckGrammarCommand;
import dev.espalier.cli.grammar.ConvertCommand;
import dev.espalier.cli.grammar.ExplainCommand;
import dev.espalier.cli.grammar.SampleGrammarCommand;
import dev.espalier.cli.grammar.ShowCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code espalier grammar}. */
@Command(
        name = "grammar",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Works on grammars as such, without a model.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier grammar check examples/arithmetic.gbnf",
            "  espalier grammar explain examples/arithmetic.gbnf '2*(3+4)'",
            "  espalier grammar convert examples/arithmetic.gbnf --to lark",
            "  espalier grammar COMMAND --help"
        })
public final class GrammarCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    private GrammarCommand() {}

    /** The command with its subcommands. */
    public static CommandLine of(Console console) {
        return new CommandLine(new GrammarCommand())
                .addSubcommand(new CheckGrammarCommand(console))
                .addSubcommand(new ConvertCommand(console))
                .addSubcommand(new ExplainCommand(console))
                .addSubcommand(new SampleGrammarCommand(console))
                .addSubcommand(new ShowCommand(console));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "expected a command: " + String.join(", ", spec.subcommands().keySet()));
    }
}
