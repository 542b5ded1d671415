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
import dev.espalier.grammar.syntax.XGrammarLexer;
import dev.espalier.grammar.syntax.XGrammarParser;
import java.util.Map;

/**
 * Reads EBNF as XGrammar has it.
 *
 * <p>{@code name ::= alternatives}, the name first on its line; a rule ends where the next begins. Items are {@code "literals"},
 * {@code [classes]} and {@code [^negated ones]}, names, {@code (groups)}, {@code ()} for the empty text, and macros; each may be followed by one of
 * {@code * + ? {m} {m,} {m,n}}. Escapes are those of C, {@code \e}, <code>&#92;uHHHH</code>, {@code \UHHHHHHHH} and {@code \x} with any number of digits. Comments go from {@code #} to the end of the line. The start rule is called
 * {@code root}.
 *
 * <p>Macros: {@code Token(1, 2)}, {@code ExcludeToken(1, 2)}, {@code Substring("a", "b")}, {@code TagDispatch(("tag", rule))},
 * {@code TokenTagDispatch((1, rule))}, and {@code Regex("pattern")} where the pattern means the same in ECMA-262. Free text between tags is text in UTF-8. Left out, since they
 * say nothing of the language: a look-ahead at the end of a rule ({@code (= ...)}), which tells XGrammar what follows the rule anyway, and
 * options of rules for captures. Refused by name: the options {@code lazy}, {@code max_tokens}, {@code max_chars} and {@code temperature}, tags that contain one another,
 * the arguments {@code flags} and {@code json_string} of {@code Regex}. Thread-safe.
 */
public final class XGrammarReader implements GrammarReader<Grammar> {

    /** The name of the start rule. */
    public static final String ROOT = "root";

    private static final String REPEAT = "a repeat (* + ? {m,n})";

    private static final Map<Integer, String> WORDS = StreamingParser.words(
            entry(XGrammarParser.DEFINED, "a rule (name ::= ...)"),
            entry(XGrammarParser.NAME, "a name"),
            entry(XGrammarParser.NUMBER, "a number"),
            entry(XGrammarParser.DEFINE, "\"::=\""),
            entry(XGrammarParser.LITERAL, "a \"literal\""),
            entry(XGrammarParser.CLASS, "a [class]"),
            entry(XGrammarParser.MACRO, "a macro"),
            entry(XGrammarParser.STAR, REPEAT),
            entry(XGrammarParser.OPEN, "\"(\""),
            entry(XGrammarParser.BAR, "\"|\""),
            entry(XGrammarParser.EQUALS, "\"=\""),
            entry(XGrammarParser.CLOSE, "\")\""),
            entry(XGrammarParser.COMMA, "\",\""),
            entry(XGrammarParser.CLOSE_BRACE, "\"}\""));

    private static final Map<Integer, String> COMPLAINTS = Map.of(
            XGrammarParser.OPEN_LITERAL, "the literal that starts here has no closing quote on its line",
            XGrammarParser.OPEN_CLASS, "the class that starts here has no closing \"]\" on its line",
            XGrammarParser.DEFINE, "\"::=\" stands behind a name that is the first of its line");

    private static final NestingScan.Marks MARKS = new NestingScan.Marks("()", "\"\"[]", true, "#", "");

    private final StreamingParser<XGrammarParser> parser = new StreamingParser<>(
            XGrammarLexer::new, XGrammarTokens::new, XGrammarParser::new, XGrammarParser::rules, WORDS, COMPLAINTS);
    private final PatternMacro patterns = new PatternMacro();

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
            XGrammarTranslation translation = new XGrammarTranslation(source, options, patterns, budget);
            parser.parse(source, translation, budget);
            return translation.grammar();
        });
    }

    /** How many states the lexer's tables have. */
    int lexerStates() {
        return parser.lexerStates();
    }
}
