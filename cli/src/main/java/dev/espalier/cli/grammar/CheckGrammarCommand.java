// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.grammar;

import dev.espalier.automata.compile.LexedText;
import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.cli.console.SourceFailure;
import dev.espalier.cli.options.ConstraintOptions;
import dev.espalier.grammar.LexedGrammar;
import dev.espalier.grammar.parse.GrammarCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
            "Reads a grammar and says what is odd about it.",
            "That is: rules that are never used, that have no text, that are their own alternative; alternatives that stand"
                    + " there twice; tokens that are never used or found; and a text with two readings, with both of them.",
            "Ends with 1 if there is anything."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier grammar check examples/arithmetic.gbnf",
            "  espalier grammar check examples/calculator.g4 --json",
            "  espalier grammar check grammar.gbnf --length 12 --pairs 1000000 --all"
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
            description = "Look for texts with two readings up to N characters, or tokens (default: ${DEFAULT-VALUE}).")
    private int length;

    @Option(
            names = "--pairs",
            paramLabel = "N",
            defaultValue = "100000",
            description =
                    "Look at no more than N pairs of derivations, with --all for each rule (default: ${DEFAULT-VALUE}).")
    private int pairs;

    @Option(names = "--all", description = "Name every ambiguous rule, not the one with the shortest sentence alone.")
    private boolean all;

    @Option(names = "--json", description = "One JSON object on standard output.")
    private boolean json;

    public CheckGrammarCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        GrammarInput input = GrammarInput.of(console, constraint, grammar);
        return SourceFailure.in(input.name(), () -> check(input));
    }

    private int check(GrammarInput input) {
        List<GrammarCheck.Remark> remarks = new ArrayList<>(GrammarCheck.remarks(input.syntax(), input.budget()));
        if (input.syntax() instanceof LexedGrammar lexed && lexed.indentation().isEmpty()) {
            hidden(lexed, input)
                    .forEach(name -> remarks.add(new GrammarCheck.Remark(
                            GrammarCheck.Kind.HIDDEN,
                            name,
                            "the lexer never finds \"" + name + "\": another token always wins")));
        }
        GrammarCheck.Searches search = search(input);
        NestedTokens.bounds(input.syntax(), input.budget())
                .forEach(bound -> console.err().println("espalier: " + input.name() + ": " + bound));
        if (json) {
            console.out().println(json(remarks, search));
        } else {
            tell(input, remarks, search);
        }
        return remarks.isEmpty() && search.witnesses().isEmpty() ? ExitCode.DONE : ExitCode.NOT_VALID;
    }

    /** Tokens that are found nowhere, whatever the mode behind them. */
    private static List<String> hidden(LexedGrammar lexed, GrammarInput input) {
        List<String> hidden = LexedText.of(lexed, input.budget()).hidden();
        Set<String> found = GrammarCheck.tokens(lexed).stream()
                .filter(name -> !hidden.contains(name))
                .map(GrammarCheck::shown)
                .collect(Collectors.toSet());
        return hidden.stream()
                .map(GrammarCheck::shown)
                .distinct()
                .filter(name -> !found.contains(name))
                .toList();
    }

    private GrammarCheck.Searches search(GrammarInput input) {
        if (all) {
            return GrammarCheck.ambiguities(input.syntax(), length, pairs, input.budget());
        }
        GrammarCheck.Search first = GrammarCheck.ambiguity(input.syntax(), length, pairs, input.budget());
        return new GrammarCheck.Searches(first.witness().stream().toList(), first.length());
    }

    private static ObjectNode json(List<GrammarCheck.Remark> remarks, GrammarCheck.Searches search) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.putArray("remarks");
        remarks.forEach(remark -> object.withArray("remarks")
                .addObject()
                .put("kind", remark.kind().name().toLowerCase(Locale.ROOT))
                .put("rule", remark.rule())
                .put("message", remark.message()));
        object.put("searchedLength", search.length()).putArray("ambiguities");
        for (GrammarCheck.Ambiguity found : search.witnesses()) {
            ObjectNode witness = object.withArray("ambiguities").addObject();
            witness.put("rule", found.rule()).put("text", found.text()).put("sentence", found.sentence());
            found.trees().forEach(tree -> witness.withArray("trees").add(TreeText.json(tree, found.text())));
        }
        return object;
    }

    private void tell(GrammarInput input, List<GrammarCheck.Remark> remarks, GrammarCheck.Searches search) {
        String name = input.name();
        remarks.forEach(remark -> console.out().println(name + ": " + remark.message()));
        if (search.witnesses().isEmpty()) {
            String unit = input.syntax() instanceof LexedGrammar ? " tokens" : " characters";
            console.out().println(name + ": no sentence of up to " + search.length() + unit + " has two readings");
        }
        for (GrammarCheck.Ambiguity found : search.witnesses()) {
            console.out()
                    .println(name + ": \"" + found.rule() + "\" reads one text in two ways, as in the sentence "
                            + JsonNodeFactory.instance.stringNode(found.sentence()));
            console.out().print(TreeText.lines(found.trees().get(0), found.text()));
            console.out().println("and");
            console.out().print(TreeText.lines(found.trees().get(1), found.text()));
        }
    }
}
