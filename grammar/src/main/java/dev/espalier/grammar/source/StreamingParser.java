// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.source;

import dev.espalier.core.WorkBudget;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.CommonTokenFactory;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.UnbufferedTokenStream;

/**
 * ANTLR over one notation: tokens are streamed, no tree is kept, and the first error ends it. Owns the lexer's tables.
 * Thread-safe.
 *
 * @param <P> the generated parser
 */
public final class StreamingParser<P extends Parser> {

    private static final int TOKENS = 8;

    private final LexerTables tables = new LexerTables();
    private final Function<CharStream, Lexer> lexers;
    private final BiFunction<Lexer, TreeListener, GuardedTokens> filter;
    private final Function<TokenStream, P> parsers;
    private final Consumer<P> start;
    private final Map<Integer, String> words;
    private final Map<Integer, String> complaints;

    /**
     * A parser of a notation.
     *
     * @param filter the tokens that the parser is to see
     * @param start calls the parser's start rule
     * @param words what to call a token type among the expected ones, in this order; others are not mentioned
     * @param complaints what to say when a token of that type is the unexpected one, instead of what was expected
     */
    public StreamingParser(
            Function<CharStream, Lexer> lexers,
            BiFunction<Lexer, TreeListener, GuardedTokens> filter,
            Function<TokenStream, P> parsers,
            Consumer<P> start,
            Map<Integer, String> words,
            Map<Integer, String> complaints) {
        this.lexers = lexers;
        this.filter = filter;
        this.parsers = parsers;
        this.start = start;
        this.words = words;
        this.complaints = complaints;
    }

    /** Words for token types in the order in which they are to be listed. */
    @SafeVarargs
    public static Map<Integer, String> words(Map.Entry<Integer, String>... entries) {
        Map<Integer, String> map = new LinkedHashMap<>();
        for (Map.Entry<Integer, String> entry : entries) {
            map.put(entry.getKey(), entry.getValue());
        }
        return Collections.unmodifiableMap(map);
    }

    /**
     * Parses a source, and tells a translation of it.
     *
     * @throws dev.espalier.core.error.SyntaxException at the first thing that is not of the notation; with place
     */
    public void parse(SourceText source, TreeListener translation, WorkBudget budget) {
        Lexer lexer = lexers.apply(new SourceStream(source, budget));
        lexer.setTokenFactory(new CommonTokenFactory(false));
        tables.attach(lexer);
        P parser = parsers.apply(new UnbufferedTokenStream<>(filter.apply(lexer, translation), TOKENS));
        parser.setBuildParseTree(false);
        parser.addParseListener(translation);
        parser.setErrorHandler(new SyntaxErrorStrategy(source, translation, words, complaints));
        start.accept(parser);
    }

    /** How many states the lexer's tables have. */
    public int lexerStates() {
        return tables.states();
    }
}
