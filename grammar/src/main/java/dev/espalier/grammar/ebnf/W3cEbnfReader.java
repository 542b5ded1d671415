// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.ebnf;

import static java.util.Map.entry;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.work.DeepStack;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.GrammarOptions;
import dev.espalier.grammar.GrammarReader;
import dev.espalier.grammar.source.NestingScan;
import dev.espalier.grammar.source.SourceText;
import dev.espalier.grammar.source.StreamingParser;
import dev.espalier.grammar.syntax.W3cEbnfLexer;
import dev.espalier.grammar.syntax.W3cEbnfParser;
import java.util.Map;

/**
 * Reads EBNF as the XML recommendation of the W3C has it.
 *
 * <p>{@code name ::= alternatives}; a rule ends where the next begins. Items are {@code "literals"} and {@code 'literals'}, {@code #x41},
 * {@code [classes]} and {@code [^negated ones]} of characters, numbers and ranges, names and {@code (groups)}; each may be followed by one of
 * {@code * + ?}. There are no escapes. Left out are comments ({@code /* like this *}{@code /}), constraints ({@code [wfc: ...]},
 * {@code [vc: ...]}), and numbers of productions ({@code [12] name ::=}). The first rule is the start.
 *
 * <p>{@code A - B} is what {@code A} describes and {@code B} does not; it binds closer than a sequence, and comes once: what
 * {@code A - B - C} means is not said. Exact where both are regular, refused when it is compiled otherwise. Names have no hyphen. Surrogates and numbers past
 * {@code #x10FFFF} are no characters. Thread-safe.
 */
public final class W3cEbnfReader implements GrammarReader<Grammar> {

    private static final String REPEAT = "a repeat (* + ?)";

    private static final Map<Integer, String> WORDS = StreamingParser.words(
            entry(W3cEbnfParser.DEFINED, "a rule (name ::= ...)"),
            entry(W3cEbnfParser.NAME, "a name"),
            entry(W3cEbnfParser.DEFINE, "\"::=\""),
            entry(W3cEbnfParser.LITERAL, "a \"literal\""),
            entry(W3cEbnfParser.CLASS, "a [class]"),
            entry(W3cEbnfParser.CHARACTER, "a character (#x41)"),
            entry(W3cEbnfParser.STAR, REPEAT),
            entry(W3cEbnfParser.EXCEPT, "\"-\""),
            entry(W3cEbnfParser.OPEN, "\"(\""),
            entry(W3cEbnfParser.BAR, "\"|\""),
            entry(W3cEbnfParser.CLOSE, "\")\""));

    private static final Map<Integer, String> COMPLAINTS = Map.of(
            W3cEbnfParser.OPEN_LITERAL, "the literal that starts here has no closing quote",
            W3cEbnfParser.OPEN_CLASS, "the class that starts here has no closing \"]\"",
            W3cEbnfParser.OPEN_COMMENT, "the comment that starts here has no end");

    private static final NestingScan.Marks MARKS = new NestingScan.Marks("()", "\"\"''[]", false, "/*", "*/");

    private final StreamingParser<W3cEbnfParser> parser = new StreamingParser<>(
            W3cEbnfLexer::new, W3cTokens::new, W3cEbnfParser::new, W3cEbnfParser::rules, WORDS, COMPLAINTS);

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
            W3cTranslation translation = new W3cTranslation(source, options, budget);
            parser.parse(source, translation, budget);
            return translation.grammar();
        });
    }

    /** How many states the lexer's tables have. */
    int lexerStates() {
        return parser.lexerStates();
    }
}
