// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.grammar;

import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.cli.console.SourceFailure;
import dev.espalier.cli.options.ConstraintOptions;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.parse.GrammarCheck;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code espalier grammar check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Reads a grammar and says what is odd about it: rules that are never used, that have no text, that are",
            "their own alternative; alternatives that stand there twice; and a text with two readings, with both of them.",
            "Ends with 1 if there is anything."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier grammar check examples/arithmetic.gbnf",
            "  espalier grammar check examples/calculator.g4 --json",
            "  espalier grammar check grammar.gbnf --length 12 --texts 100000"
        })
public final class CheckGrammarCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final ConstraintOptions constraint = new ConstraintOptions();

    @Parameters(paramLabel = "GRAMMAR", description = "The grammar's file.")
    private String grammar = "";

    @Option(
            names = "--length",
            paramLabel = "N",
            defaultValue = "8",
            description = "Look for texts with two readings up to N characters (default: ${DEFAULT-VALUE}).")
    private int length;

    @Option(
            names = "--texts",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Look at no more than N texts of one length for each rule (default: ${DEFAULT-VALUE}).")
    private int texts;

    @Option(names = "--json", description = "One JSON object on standard output.")
    private boolean json;

    public CheckGrammarCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        GrammarInput input = GrammarInput.of(console, constraint, grammar);
        List<GrammarCheck.Remark> remarks = GrammarCheck.remarks(input.syntax(), input.budget());
        Optional<GrammarCheck.Search> search = input.syntax() instanceof Grammar rules
                ? Optional.of(SourceFailure.in(
                        input.name(), () -> GrammarCheck.ambiguity(rules, length, texts, input.budget())))
                : Optional.empty();
        if (json) {
            console.out().println(json(remarks, search));
        } else {
            tell(input.name(), remarks, search);
        }
        boolean isOdd = !remarks.isEmpty()
                || search.isPresent() && search.get().witness().isPresent();
        return isOdd ? ExitCode.NOT_VALID : ExitCode.DONE;
    }

    private static ObjectNode json(List<GrammarCheck.Remark> remarks, Optional<GrammarCheck.Search> search) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.putArray("remarks");
        remarks.forEach(remark -> object.withArray("remarks")
                .addObject()
                .put("kind", remark.kind().name().toLowerCase(Locale.ROOT))
                .put("rule", remark.rule())
                .put("message", remark.message()));
        search.ifPresent(done -> {
            object.put("searchedLength", done.length());
            done.witness().ifPresent(found -> {
                ObjectNode witness = object.putObject("ambiguity");
                witness.put("rule", found.rule()).put("text", found.text()).put("sentence", found.sentence());
                found.trees().forEach(tree -> witness.withArray("trees").add(TreeText.json(tree, found.text())));
            });
        });
        return object;
    }

    private void tell(String name, List<GrammarCheck.Remark> remarks, Optional<GrammarCheck.Search> search) {
        remarks.forEach(remark -> console.out().println(name + ": " + remark.message()));
        if (search.isEmpty()) {
            console.out().println(name + ": ambiguity is looked for in grammars without a lexer");
            return;
        }
        Optional<GrammarCheck.Ambiguity> witness = search.get().witness();
        if (witness.isEmpty()) {
            console.out()
                    .println(name + ": no text of up to " + search.get().length() + " characters has two readings");
            return;
        }
        GrammarCheck.Ambiguity found = witness.get();
        console.out()
                .println(name + ": \"" + found.rule() + "\" reads one text in two ways, as in the sentence "
                        + JsonNodeFactory.instance.stringNode(found.sentence()));
        console.out().print(TreeText.lines(found.trees().get(0), found.text()));
        console.out().println("and");
        console.out().print(TreeText.lines(found.trees().get(1), found.text()));
    }
}
