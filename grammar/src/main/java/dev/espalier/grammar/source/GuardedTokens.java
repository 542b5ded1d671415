// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.source;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenFactory;
import org.antlr.v4.runtime.TokenSource;

/** A lexer's tokens; when it throws (a deadline, a cancellation), the listener hears no more of the parse. */
public class GuardedTokens implements TokenSource {

    private final TokenSource lexer;
    private final TreeListener listener;

    public GuardedTokens(TokenSource lexer, TreeListener listener) {
        this.lexer = lexer;
        this.listener = listener;
    }

    @Override
    public Token nextToken() {
        boolean done = false;
        try {
            Token token = lexer.nextToken();
            done = true;
            return token;
        } finally {
            if (!done) {
                listener.abandon();
            }
        }
    }

    @Override
    public final int getLine() {
        return lexer.getLine();
    }

    @Override
    public final int getCharPositionInLine() {
        return lexer.getCharPositionInLine();
    }

    @Override
    public final CharStream getInputStream() {
        return lexer.getInputStream();
    }

    @Override
    public final String getSourceName() {
        return lexer.getSourceName();
    }

    @Override
    public final void setTokenFactory(TokenFactory<?> factory) {
        lexer.setTokenFactory(factory);
    }

    @Override
    public final TokenFactory<?> getTokenFactory() {
        return lexer.getTokenFactory();
    }
}
