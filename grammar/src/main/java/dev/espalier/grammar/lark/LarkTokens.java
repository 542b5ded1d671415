// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.lark;

import dev.espalier.grammar.source.GuardedTokens;
import dev.espalier.grammar.source.TreeListener;
import dev.espalier.grammar.syntax.LarkParser;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenSource;
import org.antlr.v4.runtime.WritableToken;
import org.jspecify.annotations.Nullable;

/** The tokens of a grammar file, without the ends of lines before {@code |}; a tilde without a number behind it negates. */
final class LarkTokens extends GuardedTokens {

    private @Nullable Token ahead;

    LarkTokens(TokenSource lexer, TreeListener listener) {
        super(lexer, listener);
    }

    private Token take() {
        Token token = ahead == null ? super.nextToken() : ahead;
        ahead = null;
        return token;
    }

    private Token peek() {
        Token next = take();
        ahead = next;
        return next;
    }

    @Override
    public Token nextToken() {
        Token token = take();
        while (token.getType() == LarkParser.NEWLINE
                && (peek().getType() == LarkParser.BAR || peek().getType() == LarkParser.NEWLINE)) {
            token = take();
        }
        if (token.getType() == LarkParser.TILDE && peek().getType() != LarkParser.NUMBER) {
            ((WritableToken) token).setType(LarkParser.NOT);
        }
        return token;
    }
}
