// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.gbnf;

import static java.util.Map.entry;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.work.DeepStack;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.GrammarOptions;
import dev.espalier.grammar.GrammarReader;
import dev.espalier.grammar.source.NestingScan;
import dev.espalier.grammar.source.SourceText;
import dev.espalier.grammar.source.StreamingParser;
import dev.espalier.grammar.syntax.GbnfLexer;
import dev.espalier.grammar.syntax.GbnfParser;
import java.util.Map;

/**
 * Reads GBNF, the grammar notation of llama.cpp.
 *
 * <p>{@code name ::= alternatives}, one rule a line; a rule goes on over line ends inside parentheses, after
 * {@code ::=} and after {@code |}. Items are {@code "literals"}, {@code [classes]} and {@code [^negated ones]},
 * {@code .} for any character, names, {@code (groups)}, special tokens ({@code <[123]>} by id, {@code <|tool|>} by
 * name) and any one token but such a one ({@code !<[123]>}); each may be followed by {@code * + ? {m} {m,} {m,n} {,n}}. Escapes are {@code \n \r \t \\ \" \[ \] \- \xHH},
 * <code>&#92;uHHHH</code> and {@code \UHHHHHHHH}. Comments go from {@code #} to the end of the line. The start rule is called {@code root}.
 *
 * <p>Stricter than llama.cpp where it guesses: a rule may be defined once, every name must have a rule, a class must
 * not be empty, escapes must not be surrogates. Bounds of repetitions are kept as counters, so their size costs nothing.
 *
 * <p>A reader owns the tables that ANTLR's lexer fills and gets faster as it is used again. Thread-safe. Cost: linear
 * in the text, about a microsecond a token.
 */
public final class GbnfReader implements GrammarReader<Grammar> {

    /** The name of the start rule. */
    public static final String ROOT = "root";

    private static final String REPEAT = "a repeat (* + ? {m,n})";

    private static final Map<Integer, String> WORDS = StreamingParser.words(
            entry(GbnfParser.NAME, "a rule name"),
            entry(GbnfParser.NUMBER, "a number"),
            entry(GbnfParser.DEFINE, "\"::=\""),
            entry(GbnfParser.LITERAL, "a \"literal\""),
            entry(GbnfParser.CLASS, "a [class]"),
            entry(GbnfParser.ANY, "\".\""),
            entry(GbnfParser.TOKEN, "a <token>"),
            entry(GbnfParser.STAR, REPEAT),
            entry(GbnfParser.OPEN, "\"(\""),
            entry(GbnfParser.BAR, "\"|\""),
            entry(GbnfParser.CLOSE, "\")\""),
            entry(GbnfParser.COMMA, "\",\""),
            entry(GbnfParser.CLOSE_BRACE, "\"}\""),
            entry(GbnfParser.NEWLINE, "the end of the line"));

    private static final Map<Integer, String> COMPLAINTS = Map.of(
            GbnfParser.OPEN_LITERAL, "the literal that starts here has no closing quote",
            GbnfParser.OPEN_CLASS, "the class that starts here has no closing \"]\"");

    private static final NestingScan.Marks MARKS = new NestingScan.Marks("()", "\"\"[]", true, "#", "");

    private final StreamingParser<GbnfParser> parser = new StreamingParser<>(
            GbnfLexer::new, GbnfTokens::new, GbnfParser::new, GbnfParser::rules, WORDS, COMPLAINTS);

    @Override
    public Grammar read(String text, GrammarOptions options, WorkBudget budget) {
        return read(SourceText.file(text, budget.limits()), options, budget);
    }

    @Override
    public Grammar read(String sourceName, byte[] utf8, GrammarOptions options, WorkBudget budget) {
        return read(SourceText.file(sourceName, utf8, budget.limits()), options, budget);
    }

    private Grammar read(SourceText source, GrammarOptions options, WorkBudget budget) {
        int nesting = NestingScan.of(source, MARKS, budget.limits());
        return DeepStack.call(nesting, () -> {
            GbnfTranslation translation = new GbnfTranslation(source, options, budget);
            parser.parse(source, translation, budget);
            return translation.grammar();
        });
    }

    /** How many states the lexer's tables have. */
    int lexerStates() {
        return parser.lexerStates();
    }
}
