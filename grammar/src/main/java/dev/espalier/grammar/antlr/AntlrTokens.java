// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.antlr;

import dev.espalier.grammar.source.GuardedTokens;
import dev.espalier.grammar.source.TreeListener;
import dev.espalier.grammar.syntax.AntlrParser;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenSource;
import org.antlr.v4.runtime.WritableToken;
import org.jspecify.annotations.Nullable;

/** The tokens of a grammar file. A name in front of {@code =} or {@code +=} is a label. */
final class AntlrTokens extends GuardedTokens {

    private @Nullable Token ahead;

    AntlrTokens(TokenSource lexer, TreeListener listener) {
        super(lexer, listener);
    }

    @Override
    public Token nextToken() {
        Token token = ahead == null ? super.nextToken() : ahead;
        ahead = null;
        if (token.getType() == AntlrParser.RULE || token.getType() == AntlrParser.TOKEN) {
            Token next = super.nextToken();
            ahead = next;
            if (next.getType() == AntlrParser.EQUAL || next.getType() == AntlrParser.ADD) {
                ((WritableToken) token).setType(AntlrParser.LABEL);
            }
        }
        return token;
    }
}
