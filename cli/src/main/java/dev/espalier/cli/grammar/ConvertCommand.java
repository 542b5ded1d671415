// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.grammar;

import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.cli.console.SourceFailure;
import dev.espalier.cli.options.ConstraintOptions;
import dev.espalier.cli.options.NamedOutput;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.dialect.WrittenDialect;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.source.CompiledSource;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier grammar convert}. */
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a grammar in another notation, for exactly the same texts.",
            "What the notation cannot say is rewritten as rules, or refused by name. So is a schema that no",
            "context-free grammar of moderate size describes."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier grammar convert examples/arithmetic.gbnf --to lark",
            "  espalier grammar convert examples/arithmetic.ebnf --to gbnf -o arithmetic.gbnf",
            "  espalier grammar convert grammar.txt --dialect ebnf-w3c --start-rule list --to ebnf-xgrammar",
            "  espalier grammar convert --regex '[a-z]+(, [a-z]+)*' --to gbnf",
            "  espalier grammar convert --schema schema.json --to gbnf"
        })
public final class ConvertCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final ConstraintOptions constraint = new ConstraintOptions();

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The same as --grammar FILE.")
    private @Nullable String file;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "NAME",
            converter = WrittenDialectConverter.class,
            description =
                    "The notation to write: gbnf, lark, llguidance (its Lark), ebnf-w3c, ebnf-xgrammar, ebnf-iso.")
    private @Nullable WrittenDialect dialect;

    @Option(
            names = "--repeated-keys",
            description = "Let members that the schema does not name come twice in an object. Without it an object that"
                    + " allows such members has no grammar; with it the grammar is exact for texts that repeat no key.")
    private boolean repeatedKeys;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Write the grammar there instead of standard output.")
    private @Nullable String out;

    public ConvertCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (file != null) {
            constraint.addGrammar(file);
        }
        NamedOutput named = constraint.one(console, options());
        CompiledSource source = named.source();
        Grammar grammar = source.grammar()
                .filter(Grammar.class::isInstance)
                .map(Grammar.class::cast)
                .orElseGet(() -> SourceFailure.in(named.name(), () -> SchemaGrammar.of(source)));
        WrittenDialect target = Objects.requireNonNull(dialect);
        String text = SourceFailure.in(named.name(), () -> target.write(grammar, constraint.limits()));
        if (out == null) {
            console.out().print(text);
        } else {
            write(out, text);
        }
        return ExitCode.DONE;
    }

    private SchemaOptions options() {
        return repeatedKeys
                ? SchemaOptions.DEFAULT.withRepeatedKeys(true).allow(Enforcement.CHECKED_AT_END)
                : SchemaOptions.DEFAULT;
    }

    private void write(String target, String text) {
        try {
            Files.writeString(Console.path(target), text);
        } catch (IOException e) {
            throw new InvalidInputException(target + ": cannot be written: " + e.getMessage(), e);
        }
        console.err().println("espalier: wrote " + target);
    }
}
