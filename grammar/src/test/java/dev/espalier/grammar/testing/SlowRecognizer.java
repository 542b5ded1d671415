// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.testing;

import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.SpecialToken;
import dev.espalier.grammar.Expression.TokenTerminal;
import dev.espalier.grammar.Grammar;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Decides slowly and plainly which byte strings a grammar describes, and which of them can be continued: Earley's
 * algorithm over the expressions themselves, pruned to what has a sentence. An oracle for tests; it shares no code with
 * the engine. Symbols are bytes 0 to 255, and numbers from 256 for special tokens.
 *
 * <p>Left recursion, ambiguity, empty rules, counters of any size and permutations are exact. Of intersections and
 * differences the sentences are exact; whether a prefix can be continued is answered as if both sides could go their
 * own ways. Externals are refused with an {@link IllegalArgumentException}.
 *
 * <p>A {@link Column} is immutable to its users: hold on to one and advance it as often as wanted, which is how a test
 * asks about many tokens after one prefix. Not thread-safe.
 */
public final class SlowRecognizer {

    private final SlowNodes nodes;
    private final Column start;

    /** A recogniser of a grammar without special tokens. */
    public SlowRecognizer(Grammar grammar) {
        this(grammar, (Function<TokenTerminal, int[]>) token -> {
            throw new IllegalArgumentException("no symbol for " + token);
        });
    }

    /**
     * A recogniser of a grammar that names special tokens one by one.
     *
     * @param symbols the symbol of a special token, 256 or more
     */
    public SlowRecognizer(Grammar grammar, ToIntFunction<SpecialToken> symbols) {
        this(grammar, (Function<TokenTerminal, int[]>) token -> new int[] {symbols.applyAsInt((SpecialToken) token)});
    }

    /**
     * A recogniser of a grammar.
     *
     * @param symbols the symbols that a token of the grammar stands for, each 256 or more
     */
    public SlowRecognizer(Grammar grammar, Function<TokenTerminal, int[]> symbols) {
        this.nodes = new SlowNodes(grammar, symbols);
        this.start = Column.first(nodes.root());
    }

    /** A recogniser of one expression without references. */
    public static SlowRecognizer of(Expression expression) {
        return new SlowRecognizer(Grammar.of(expression));
    }

    /** Whether the grammar has a sentence at all. */
    public boolean isProductive() {
        return start.isLive();
    }

    /** Where every text begins. */
    public Column start() {
        return start;
    }

    /** Whether these bytes are a sentence. */
    public boolean accepts(byte[] bytes) {
        return after(bytes).isAccepting();
    }

    /** Whether some sentence begins with these bytes. */
    public boolean isPrefix(byte[] bytes) {
        return after(bytes).isLive();
    }

    /**
     * Whether some path of a graph is a sentence. Exact and finite for loops too; grammars with intersections or differences are
     * for graphs without loops only.
     */
    public boolean acceptsSome(TextGraph graph) {
        return new GraphChart(nodes.root(), graph).acceptsSome();
    }

    /** Where these bytes lead. */
    public Column after(byte[] bytes) {
        Column column = start;
        for (byte symbol : bytes) {
            column = column.advance(symbol & 0xff);
        }
        return column;
    }

    /** Where these symbols lead. */
    public Column after(int[] symbols) {
        Column column = start;
        for (int symbol : symbols) {
            column = column.advance(symbol);
        }
        return column;
    }
}
