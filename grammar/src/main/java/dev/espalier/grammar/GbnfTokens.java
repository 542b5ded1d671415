package dev.espalier.grammar;

import dev.espalier.grammar.syntax.GbnfParser;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenSource;

/**
 * The tokens of a GBNF text without the line ends that mean nothing: those inside parentheses and those after
 * {@code ::=} and {@code |}.
 */
final class GbnfTokens extends GuardedTokens {

    private int depth;
    private int previous = Token.EOF;

    GbnfTokens(TokenSource lexer, TreeListener listener) {
        super(lexer, listener);
    }

    @Override
    public Token nextToken() {
        Token token = super.nextToken();
        while (token.getType() == GbnfParser.NEWLINE && isInsideRule()) {
            token = super.nextToken();
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
        return depth > 0 || previous == GbnfParser.DEFINE || previous == GbnfParser.BAR;
    }
}
