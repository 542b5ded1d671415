// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.gbnf;

import dev.espalier.grammar.source.GuardedTokens;
import dev.espalier.grammar.source.TreeListener;
import dev.espalier.grammar.syntax.GbnfParser;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenSource;
import org.antlr.v4.runtime.WritableToken;

/**
 * The tokens of a GBNF text without the line ends that mean nothing: those inside parentheses, those after
 * {@code ::=} and {@code |}, and those before the first rule. Digits outside of braces are names.
 */
final class GbnfTokens extends GuardedTokens {

    private int depth;
    private int previous = Token.INVALID_TYPE;

    GbnfTokens(TokenSource lexer, TreeListener listener) {
        super(lexer, listener);
    }

    @Override
    public Token nextToken() {
        Token token = super.nextToken();
        while (token.getType() == GbnfParser.NEWLINE && isInsideRule()) {
            token = super.nextToken();
        }
        if (token.getType() == GbnfParser.NUMBER && !isInsideBraces()) {
            ((WritableToken) token).setType(GbnfParser.NAME);
        }
        previous = token.getType();
        if (previous == GbnfParser.OPEN) {
            depth++;
        } else if (previous == GbnfParser.CLOSE) {
            depth--;
        }
        return token;
    }

    private boolean isInsideRule() {
        return depth > 0
                || previous == GbnfParser.DEFINE
                || previous == GbnfParser.BAR
                || previous == Token.INVALID_TYPE;
    }

    private boolean isInsideBraces() {
        return previous == GbnfParser.OPEN_BRACE || previous == GbnfParser.COMMA;
    }
}
