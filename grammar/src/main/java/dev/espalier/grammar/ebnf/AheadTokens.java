// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.ebnf;

import dev.espalier.grammar.source.GuardedTokens;
import dev.espalier.grammar.source.TreeListener;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenSource;
import org.antlr.v4.runtime.misc.Interval;
import org.jspecify.annotations.Nullable;

/** The tokens of a notation whose rules end where the next begins, which takes a look at the tokens ahead. */
abstract class AheadTokens extends GuardedTokens {

    private final List<Token> ahead = new ArrayList<>();
    private @Nullable Token previous;

    AheadTokens(TokenSource lexer, TreeListener listener) {
        super(lexer, listener);
    }

    @Override
    public final Token nextToken() {
        Token token = seen(ahead.isEmpty() ? super.nextToken() : ahead.remove(0));
        previous = token;
        return token;
    }

    /** What the parser sees of a token; it may ask {@link #peek} for those behind it, and skip it. */
    protected abstract Token seen(Token token);

    /** A token ahead: 0 is the next one. */
    protected final Token peek(int index) {
        while (ahead.size() <= index) {
            ahead.add(super.nextToken());
        }
        return ahead.get(index);
    }

    /** The next token instead of one that is left out. */
    protected final Token skip() {
        peek(0);
        return seen(ahead.remove(0));
    }

    /** Whether a token is the first of its line. */
    protected final boolean beginsLine(Token token) {
        return previous == null || isLineBetween(previous, token);
    }

    /** Whether a line ends between two tokens. */
    protected static boolean isLineBetween(Token first, Token second) {
        int from = first.getStopIndex() + 1;
        int to = second.getStartIndex() - 1;
        String between = to < from ? "" : first.getInputStream().getText(Interval.of(from, to));
        return between.indexOf('\n') >= 0 || between.indexOf('\r') >= 0;
    }
}
