// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.command;

import dev.espalier.cli.console.Console;
import dev.espalier.cli.schema.ResponseFormatCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code espalier schema}. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Works on schemas as such, without a model.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier schema response-format examples/invoice.schema.json --for openai",
            "  espalier schema COMMAND --help"
        })
public final class SchemaCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    private SchemaCommand() {}

    /** The command with its subcommands. */
    public static CommandLine of(Console console) {
        return new CommandLine(new SchemaCommand()).addSubcommand(new ResponseFormatCommand(console));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "expected a command: " + String.join(", ", spec.subcommands().keySet()));
    }
}
