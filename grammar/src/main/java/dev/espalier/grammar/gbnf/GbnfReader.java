// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.gbnf;

import static java.util.Map.entry;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.work.DeepStack;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.source.LexerTables;
import dev.espalier.grammar.source.NestingScan;
import dev.espalier.grammar.source.SourceStream;
import dev.espalier.grammar.source.SourceText;
import dev.espalier.grammar.source.SyntaxErrorStrategy;
import dev.espalier.grammar.syntax.GbnfLexer;
import dev.espalier.grammar.syntax.GbnfParser;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.antlr.v4.runtime.CommonTokenFactory;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.UnbufferedTokenStream;

/**
 * Reads GBNF, the grammar notation of llama.cpp.
 *
 * <p>{@code name ::= alternatives}, one rule a line; a rule goes on over line ends inside parentheses, after
 * {@code ::=} and after {@code |}. Items are {@code "literals"}, {@code [classes]} and {@code [^negated ones]},
 * {@code .} for any character, names, {@code (groups)} and special tokens ({@code <[123]>} by id, {@code <|tool|>} by
 * name); each may be followed by {@code * + ? {m} {m,} {m,n} {,n}}. Escapes are {@code \n \r \t \\ \" \[ \] \- \xHH},
 * <code>&#92;uHHHH</code> and {@code \UHHHHHHHH}. Comments go from {@code #} to the end of the line. The start rule is called {@code root}.
 *
 * <p>Stricter than llama.cpp where it guesses: a rule may be defined once, every name must have a rule, a class must
 * not be empty, escapes must not be surrogates. Any one token but some ({@code !<[123]>}) is refused by name. Bounds of repetitions are
 * kept as counters, so their size costs nothing.
 *
 * <p>A reader owns the tables that ANTLR's lexer fills and gets faster as it is used again. Thread-safe. Cost: linear
 * in the text, about a microsecond a token.
 */
public final class GbnfReader {

    /** The name of the start rule. */
    public static final String ROOT = "root";

    private static final String REPEAT = "a repeat (* + ? {m,n})";

    private static final Map<Integer, String> WORDS = ordered(
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

    private final LexerTables tables = new LexerTables();

    @SafeVarargs
    private static Map<Integer, String> ordered(Map.Entry<Integer, String>... entries) {
        Map<Integer, String> map = new LinkedHashMap<>();
        for (Map.Entry<Integer, String> entry : entries) {
            map.put(entry.getKey(), entry.getValue());
        }
        return Collections.unmodifiableMap(map);
    }

    /** {@link #read(String, byte[], WorkBudget)} of a text without a name, under the default limits. */
    public Grammar read(String text) {
        return read(text, WorkBudget.standard());
    }

    /** {@link #read(String, byte[], WorkBudget)} of a text without a name. */
    public Grammar read(String text, WorkBudget budget) {
        return read(text, Set.of(), budget);
    }

    /**
     * {@link #read(String, byte[], WorkBudget)} of a text without a name, in which some names are no rules but stand for
     * frames, such as schemas, that are supplied when the grammar is compiled ({@link Expression.External}).
     *
     * @throws dev.espalier.core.error.SyntaxException also if there is a rule of one of these names
     * @throws dev.espalier.core.error.ReferenceException also if one of these names is nowhere in the grammar
     */
    public Grammar read(String text, Set<String> frames, WorkBudget budget) {
        SourceText.pattern("", text, budget.limits());
        return read("", text.getBytes(StandardCharsets.UTF_8), frames, budget);
    }

    /**
     * The grammar that a file describes.
     *
     * @param sourceName what errors call the file; may be empty
     * @param utf8 its bytes, UTF-8 without a byte-order mark
     * @param budget the time, memory and limits that this may use
     * @throws dev.espalier.core.error.SyntaxException if the text is not GBNF, or not UTF-8; with place
     * @throws dev.espalier.core.error.ReferenceException if a name, or {@code root}, has no rule
     * @throws dev.espalier.core.error.UnsupportedFeatureException if it allows any one token but some ({@code !<[123]>})
     * @throws EspalierException the family's limit, timeout and cancellation as {@code budget} says
     */
    public Grammar read(String sourceName, byte[] utf8, WorkBudget budget) {
        return read(sourceName, utf8, Set.of(), budget);
    }

    private Grammar read(String sourceName, byte[] utf8, Set<String> frames, WorkBudget budget) {
        SourceText source = SourceText.file(sourceName, utf8, budget.limits());
        int nesting = NestingScan.gbnf(source, budget.limits());
        return DeepStack.call(nesting, () -> parse(source, frames, budget));
    }

    private Grammar parse(SourceText source, Set<String> frames, WorkBudget budget) {
        GbnfTranslation translation = new GbnfTranslation(source, frames, budget);
        Lexer lexer = new GbnfLexer(new SourceStream(source, budget));
        lexer.setTokenFactory(new CommonTokenFactory(false));
        tables.attach(lexer);
        GbnfParser parser = new GbnfParser(new UnbufferedTokenStream<Token>(new GbnfTokens(lexer, translation), 8));
        parser.setBuildParseTree(false);
        parser.addParseListener(translation);
        parser.setErrorHandler(new SyntaxErrorStrategy(source, translation, WORDS, COMPLAINTS));
        parser.rules();
        return translation.grammar();
    }

    /** How many states the lexer's tables have. */
    int lexerStates() {
        return tables.states();
    }
}
