// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.ebnf;

import static java.util.Map.entry;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.work.DeepStack;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.GrammarOptions;
import dev.espalier.grammar.GrammarReader;
import dev.espalier.grammar.source.GuardedTokens;
import dev.espalier.grammar.source.NestingScan;
import dev.espalier.grammar.source.SourceText;
import dev.espalier.grammar.source.StreamingParser;
import dev.espalier.grammar.syntax.IsoEbnfLexer;
import dev.espalier.grammar.syntax.IsoEbnfParser;
import java.util.Map;

/**
 * Reads EBNF as ISO/IEC 14977 has it.
 *
 * <p>{@code name = a, "b" | [c] | {d} | 3 * e | f - g;} with {@code .} for {@code ;}, {@code /} and {@code !} for {@code |},
 * {@code (/ /)} for {@code [ ]} and {@code (: :)} for <code>{ }</code>. Nothing at all between two signs is the empty text. Blanks and comments
 * in a name mean nothing: {@code upper case} and {@code uppercase} are one name. Comments, {@code (* like this *)}, nest. The first rule is
 * the start.
 *
 * <p>{@code f - g} is what {@code f} describes and {@code g} does not: exact where both are regular, refused when it is compiled otherwise;
 * {@code {f}-}, once or more, is exact for every {@code f} that is not empty. Laxer than the standard: {@code _} in names, any character in literals, and empty literals.
 * Refused by name: special sequences ({@code ? any text ?}), whose meaning is not in the grammar. Thread-safe.
 */
public final class IsoEbnfReader implements GrammarReader<Grammar> {

    private static final Map<Integer, String> WORDS = StreamingParser.words(
            entry(IsoEbnfParser.WORD, "a rule name"),
            entry(IsoEbnfParser.DEFINE, "\"=\""),
            entry(IsoEbnfParser.LITERAL, "a \"literal\""),
            entry(IsoEbnfParser.NUMBER, "a number of times (3 *)"),
            entry(IsoEbnfParser.TIMES, "\"*\""),
            entry(IsoEbnfParser.OPEN, "\"(\""),
            entry(IsoEbnfParser.OPEN_OPTION, "\"[\""),
            entry(IsoEbnfParser.OPEN_REPETITION, "\"{\""),
            entry(IsoEbnfParser.COMMA, "\",\""),
            entry(IsoEbnfParser.EXCEPT, "\"-\""),
            entry(IsoEbnfParser.BAR, "\"|\""),
            entry(IsoEbnfParser.CLOSE, "\")\""),
            entry(IsoEbnfParser.CLOSE_OPTION, "\"]\""),
            entry(IsoEbnfParser.CLOSE_REPETITION, "\"}\""),
            entry(IsoEbnfParser.END, "\";\""));

    private static final Map<Integer, String> COMPLAINTS = Map.of(
            IsoEbnfParser.OPEN_LITERAL, "the literal that starts here has no closing quote",
            IsoEbnfParser.OPEN_SPECIAL, "the special sequence that starts here has no closing \"?\"",
            IsoEbnfParser.FOREIGN,
                    "a rule of ISO 14977 is written with \"=\"; \"::=\" is of the dialects ebnf-w3c and ebnf-xgrammar");

    private static final NestingScan.Marks MARKS = new NestingScan.Marks("()[]{}", "\"\"''??", false, "", "");

    private final StreamingParser<IsoEbnfParser> parser = new StreamingParser<>(
            IsoEbnfLexer::new, GuardedTokens::new, IsoEbnfParser::new, IsoEbnfParser::rules, WORDS, COMPLAINTS);

    @Override
    public Grammar read(String text, GrammarOptions options, WorkBudget budget) {
        return read(SourceText.file(text, budget.limits()), options, budget);
    }

    @Override
    public Grammar read(String sourceName, byte[] utf8, GrammarOptions options, WorkBudget budget) {
        return read(SourceText.file(sourceName, utf8, budget.limits()), options, budget);
    }

    private Grammar read(SourceText text, GrammarOptions options, WorkBudget budget) {
        SourceText source = IsoComments.blanked(text);
        int nesting = NestingScan.of(source, MARKS, budget.limits());
        return DeepStack.call(nesting, () -> {
            IsoTranslation translation = new IsoTranslation(source, options, budget);
            parser.parse(source, translation, budget);
            return translation.grammar();
        });
    }

    /** How many states the lexer's tables have. */
    int lexerStates() {
        return parser.lexerStates();
    }
}
