// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.grammar;

import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.cli.options.ConstraintOptions;
import dev.espalier.core.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier grammar show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = {
            "Draws a railroad diagram of each rule, on one HTML page that needs nothing besides itself.",
            "Names of rules are links; tokens of a lexer are drawn like rules."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier grammar show examples/arithmetic.gbnf -o arithmetic.html",
            "  espalier grammar show examples/calculator.g4 > calculator.html"
        })
public final class ShowCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final ConstraintOptions constraint = new ConstraintOptions();

    @Parameters(paramLabel = "GRAMMAR", description = "The grammar's file.")
    private String grammar = "";

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Write the page there instead of standard output.")
    private @Nullable String out;

    public ShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        GrammarInput input = GrammarInput.of(console, constraint, grammar);
        String page = DiagramPage.of(input.name(), input.syntax());
        if (out == null) {
            console.out().print(page);
            return ExitCode.DONE;
        }
        try {
            Files.writeString(Console.path(out), page);
        } catch (IOException e) {
            throw new InvalidInputException(out + ": cannot be written: " + e.getMessage(), e);
        }
        console.err().println("espalier: wrote " + out);
        return ExitCode.DONE;
    }
}
