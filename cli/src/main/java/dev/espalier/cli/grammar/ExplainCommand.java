// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.grammar;

import dev.espalier.cli.check.Excerpt;
import dev.espalier.cli.check.Position;
import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.cli.console.SourceFailure;
import dev.espalier.cli.options.ConstraintOptions;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.grammar.parse.Reading;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code espalier grammar explain}. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Shows how a grammar reads a text: the rules as a tree, each with its text, and tokens where there is a lexer.",
            "Where it does not: the place, and what was expected there, in names of rules and tokens."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier grammar explain examples/arithmetic.gbnf '2*(3+4)'",
            "  espalier grammar explain examples/calculator.g4 '2*(3+4)'",
            "  espalier grammar explain examples/arithmetic.gbnf --file examples/arithmetic.txt --json"
        })
public final class ExplainCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final ConstraintOptions constraint = new ConstraintOptions();

    @Parameters(index = "0", paramLabel = "GRAMMAR", description = "The grammar's file.")
    private String grammar = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "TEXT", description = "The text.")
    private @Nullable String text;

    @Option(names = "--file", paramLabel = "FILE", description = "A file with the text; - is standard input.")
    private @Nullable String file;

    @Option(names = "--json", description = "One JSON object on standard output.")
    private boolean json;

    public ExplainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if ((text == null) == (file == null)) {
            throw new InvalidInputException("expected a text, or --file with one");
        }
        String given = text != null ? text : console.readText(String.valueOf(file));
        GrammarInput input = GrammarInput.of(console, constraint, grammar);
        Reading reading = SourceFailure.in(input.name(), () -> input.read(given));
        if (reading instanceof Reading.Sentence sentence) {
            tell(sentence, given);
            return ExitCode.DONE;
        }
        tell((Reading.Failure) reading, given);
        return ExitCode.NOT_VALID;
    }

    private void tell(Reading.Sentence sentence, String given) {
        if (json) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            object.put("valid", true).put("ambiguous", sentence.isAmbiguous());
            sentence.trees().forEach(tree -> object.withArray("trees").add(TreeText.json(tree, given)));
            console.out().println(object);
            return;
        }
        console.out().print(TreeText.lines(sentence.trees().get(0), given));
        if (sentence.isAmbiguous()) {
            console.out().println("the text has another reading:");
            console.out().print(TreeText.lines(sentence.trees().get(1), given));
        }
    }

    private void tell(Reading.Failure failure, String given) {
        byte[] bytes = given.getBytes(StandardCharsets.UTF_8);
        int offset =
                given.substring(0, given.offsetByCodePoints(0, failure.at())).getBytes(StandardCharsets.UTF_8).length;
        Position place = Position.of(bytes, offset);
        if (json) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            object.put("valid", false).put("line", place.line()).put("column", place.column());
            failure.expected().forEach(each -> object.withArray("expected").add(each));
            failure.inside().forEach(each -> object.withArray("inside").add(each));
            console.out().println(object);
            return;
        }
        String found =
                failure.at() == given.codePointCount(0, given.length()) ? "the text ends here" : "no rule goes on here";
        console.out().println("line " + place.line() + ", column " + place.column() + ": " + found);
        console.out().println(Excerpt.of(bytes, offset));
        console.out().println("expected " + String.join(", ", failure.expected()));
        if (!failure.inside().isEmpty()) {
            console.out().println("inside " + String.join(" > ", failure.inside()));
        }
    }
}
