// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli;

import dev.espalier.cli.command.CallCommand;
import dev.espalier.cli.command.CheckCommand;
import dev.espalier.cli.command.CompileCommand;
import dev.espalier.cli.command.CompletionCommand;
import dev.espalier.cli.command.GenerateCommand;
import dev.espalier.cli.command.GrammarCommand;
import dev.espalier.cli.command.InfillCommand;
import dev.espalier.cli.command.NextCommand;
import dev.espalier.cli.command.SampleCommand;
import dev.espalier.cli.command.SchemaCommand;
import dev.espalier.cli.command.VocabularyCommand;
import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.cli.console.OutputFailure;
import dev.espalier.cli.console.SourceFailure;
import dev.espalier.cli.console.UsageMessage;
import dev.espalier.cli.map.MapCommand;
import dev.espalier.core.error.EspalierException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code espalier} and how its subcommands fail. */
@Command(
        name = "espalier",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "A language model writes only what a grammar or a JSON Schema allows.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the output or document is not valid or not complete",
            "2:bad usage or bad input file",
            "3:model or internal failure, or standard output cannot be written"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier generate --schema examples/invoice.schema.json --prompt-file examples/invoice.txt",
            "  espalier check --schema examples/invoice.schema.json invoice.json",
            "  espalier COMMAND --help"
        })
public final class EspalierCommand implements Runnable {

    private static final Set<String> BUILT_IN = Set.of(
            "generate",
            "call",
            "sample",
            "map",
            "infill",
            "compile",
            "check",
            "next",
            "vocabulary",
            "grammar",
            "schema");

    @Spec
    private CommandSpec spec;

    EspalierCommand() {}

    /**
     * Runs one command line and says how it ended; never throws, never exits the process.
     *
     * @param console where it reads and writes
     * @param arguments as a shell would pass them
     * @return one of {@link ExitCode}
     */
    public static int run(Console console, String... arguments) {
        CommandLine line = new CommandLine(new EspalierCommand());
        line.addSubcommand(new GenerateCommand(console));
        line.addSubcommand(new CallCommand(console));
        line.addSubcommand(new SampleCommand(console));
        line.addSubcommand(new MapCommand(console));
        line.addSubcommand(new InfillCommand(console));
        line.addSubcommand(new CompileCommand(console));
        line.addSubcommand(new CheckCommand(console));
        line.addSubcommand(new NextCommand(console));
        line.addSubcommand(new VocabularyCommand(console));
        line.addSubcommand(GrammarCommand.of(console));
        line.addSubcommand(SchemaCommand.of(console));
        line.addSubcommand(new CompletionCommand(console));
        boolean builtIn = arguments.length > 0 && BUILT_IN.contains(arguments[0]);
        if (!builtIn) {
            for (CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
                provider.commands(console).forEach(line::addSubcommand);
            }
            ModuleNotice.addTo(line);
        }
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(110);
        line.setExpandAtFiles(false); // an @ begins a file's name only where an option says so
        line.setParameterExceptionHandler((e, args) -> badUsage(console, e));
        line.setExecutionExceptionHandler((e, command, parsed) -> failed(console, command, e));
        int code;
        try {
            code = line.execute(arguments);
        } catch (StackOverflowError | OutOfMemoryError e) {
            console.err().println("espalier: internal error: " + e);
            code = ExitCode.FAILED;
        }
        if (code < ExitCode.FAILED && console.out().checkError()) {
            console.err().println("espalier: " + new OutputFailure().getMessage());
            code = ExitCode.FAILED;
        }
        console.out().flush();
        console.err().flush();
        return code;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static int badUsage(Console console, ParameterException e) {
        CommandLine command = e.getCommandLine();
        console.err().println("espalier: " + UsageMessage.of(e));
        console.err().println("See " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.BAD_INPUT;
    }

    private static int failed(Console console, CommandLine command, Exception e) {
        if (e instanceof ParameterException usage) {
            return badUsage(console, usage);
        }
        if (e instanceof OutputFailure) {
            console.err().println("espalier: " + e.getMessage());
            return ExitCode.FAILED;
        }
        if (e instanceof EspalierException || e instanceof SourceFailure) {
            console.err().println("espalier: " + UsageMessage.inOptions(String.valueOf(e.getMessage())));
            return ExitCode.of(e instanceof SourceFailure source ? source.fault() : e);
        }
        StackTraceElement[] trace = e.getStackTrace();
        console.err()
                .println("espalier: internal error in " + command.getCommandName() + ": " + e
                        + (trace.length == 0 ? "" : " at " + trace[0]));
        return ExitCode.FAILED;
    }
}
