// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.grammar;

import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.cli.console.SourceFailure;
import dev.espalier.cli.options.ConstraintOptions;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.parse.SentenceSampler;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code espalier grammar sample}. */
@Command(
        name = "sample",
        mixinStandardHelpOptions = true,
        description = {
            "Prints random sentences of a grammar, without a model.",
            "Lengths that sentences have are equally probable, and so are all derivations of a length."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier grammar sample examples/arithmetic.gbnf -n 5 --length 8..12",
            "  espalier grammar sample grammar.abnf --start-rule address --json"
        })
public final class SampleGrammarCommand implements Callable<Integer> {

    private static final Pattern LENGTH = Pattern.compile("(\\d{1,6})(?:\\.\\.(\\d{1,6}))?");

    private final Console console;

    @Mixin
    private final ConstraintOptions constraint = new ConstraintOptions();

    @Parameters(paramLabel = "GRAMMAR", description = "The grammar's file.")
    private String grammar = "";

    @Option(names = "-n", paramLabel = "N", defaultValue = "10", description = "How many (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--length",
            paramLabel = "N|A..B",
            defaultValue = "0..40",
            description = "How long, in characters (default: ${DEFAULT-VALUE}).")
    private String length = "";

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Decides all random choices (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--any-character",
            description = "Let classes be any of their characters, not printable ASCII alone.")
    private boolean anyCharacter;

    @Option(names = "--json", description = "Each sentence as a JSON string on a line of its own.")
    private boolean json;

    public SampleGrammarCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Matcher bounds = LENGTH.matcher(length);
        if (!bounds.matches()) {
            throw new InvalidInputException("expected --length N or --length A..B, not " + length);
        }
        int least = Integer.parseInt(bounds.group(1));
        int most = bounds.group(2) == null ? least : Integer.parseInt(bounds.group(2));
        GrammarInput input = GrammarInput.of(console, constraint, grammar);
        Grammar rules = input.ofCharacters();
        SentenceSampler sampler = SourceFailure.in(
                input.name(),
                () -> new SentenceSampler(rules, rules.root(), least, most, anyCharacter, input.budget()));
        Random random = new Random(seed);
        for (int i = 0; i < count; i++) {
            String sentence = sampler.next(random);
            console.out()
                    .println(
                            json ? JsonNodeFactory.instance.stringNode(sentence).toString() : sentence);
        }
        return ExitCode.DONE;
    }
}
