// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.ebnf;

import dev.espalier.grammar.source.TreeListener;
import dev.espalier.grammar.syntax.XGrammarParser;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenSource;
import org.antlr.v4.runtime.WritableToken;

/**
 * The tokens of a text in XGrammar's notation. A name that is first on its line and in front of {@code ::=} begins a rule; options, in
 * brackets right behind it, may stand between.
 */
final class XGrammarTokens extends AheadTokens {

    XGrammarTokens(TokenSource lexer, TreeListener listener) {
        super(lexer, listener);
    }

    @Override
    protected Token seen(Token token) {
        if (token.getType() == XGrammarParser.NAME && beginsLine(token)) {
            if (peek(0).getType() == XGrammarParser.DEFINE) {
                ((WritableToken) token).setType(XGrammarParser.DEFINED);
            } else if (hasOptions(token)) {
                ((WritableToken) token).setType(XGrammarParser.DEFINED);
                ((WritableToken) peek(0)).setType(XGrammarParser.OPTIONS);
            }
        }
        return token;
    }

    private boolean hasOptions(Token name) {
        return peek(0).getType() == XGrammarParser.CLASS
                && peek(0).getStartIndex() == name.getStopIndex() + 1
                && peek(1).getType() == XGrammarParser.DEFINE;
    }
}
