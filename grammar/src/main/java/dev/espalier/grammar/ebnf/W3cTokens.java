// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.ebnf;

import dev.espalier.grammar.source.TreeListener;
import dev.espalier.grammar.syntax.W3cEbnfParser;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenSource;
import org.antlr.v4.runtime.WritableToken;

/**
 * The tokens of a text in the W3C's notation. A name in front of {@code ::=} begins a rule. {@code [12]} in front of such a name
 * and first on the same line is the number of the production, and no class.
 */
final class W3cTokens extends AheadTokens {

    private static final String NUMBER = "\\[[0-9]+[a-z]*]";

    W3cTokens(TokenSource lexer, TreeListener listener) {
        super(lexer, listener);
    }

    @Override
    protected Token seen(Token token) {
        if (isNumber(token)) {
            return skip();
        }
        if (token.getType() == W3cEbnfParser.NAME && peek(0).getType() == W3cEbnfParser.DEFINE) {
            ((WritableToken) token).setType(W3cEbnfParser.DEFINED);
        }
        return token;
    }

    private boolean isNumber(Token token) {
        return token.getType() == W3cEbnfParser.CLASS
                && token.getText().matches(NUMBER)
                && beginsLine(token)
                && peek(0).getType() == W3cEbnfParser.NAME
                && !isLineBetween(token, peek(0))
                && peek(1).getType() == W3cEbnfParser.DEFINE;
    }
}
