// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.antlr;

import dev.espalier.grammar.source.GuardedTokens;
import dev.espalier.grammar.source.TreeListener;
import dev.espalier.grammar.syntax.AntlrParser;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenSource;
import org.antlr.v4.runtime.WritableToken;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a grammar file. A name in front of {@code =} or {@code +=} is a label. Brackets behind the name of a parser rule and some words are arguments, which have
 * brackets and strings in them, where those of the lexer are sets of characters.
 */
final class AntlrTokens extends GuardedTokens {

    private @Nullable Token ahead;

    AntlrTokens(TokenSource lexer, TreeListener listener) {
        super(lexer, listener);
    }

    @Override
    public Token nextToken() {
        Token token = ahead == null ? super.nextToken() : ahead;
        ahead = null;
        if (isName(token) || hasArguments(token)) {
            Token next = super.nextToken();
            ahead = next;
            if (isName(token) && (next.getType() == AntlrParser.EQUAL || next.getType() == AntlrParser.ADD)) {
                ((WritableToken) token).setType(AntlrParser.LABEL);
            } else if (hasArguments(token)
                    && (next.getType() == AntlrParser.BRACKET || next.getType() == AntlrParser.OPEN_BRACKET)) {
                arguments((CommonToken) next);
            }
        }
        return token;
    }

    private static boolean isName(Token token) {
        return token.getType() == AntlrParser.RULE || token.getType() == AntlrParser.TOKEN;
    }

    private static boolean hasArguments(Token token) {
        return switch (token.getType()) {
            case AntlrParser.RULE, AntlrParser.RETURNS, AntlrParser.LOCALS, AntlrParser.CATCH -> true;
            default -> false;
        };
    }

    /** Ends a token of brackets where the opening one is closed, and reads on from there. */
    private void arguments(CommonToken token) {
        CharStream text = getInputStream();
        int start = token.getStartIndex();
        text.seek(start);
        int depth = 0;
        int quote = 0;
        do {
            int c = text.LA(1);
            if (c == IntStream.EOF) {
                token.setType(AntlrParser.OPEN_BRACKET);
                return;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
                if (c == '\\' && text.LA(2) != IntStream.EOF) {
                    text.consume();
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else {
                depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            }
            text.consume();
        } while (depth > 0);
        token.setType(AntlrParser.BRACKET);
        token.setStopIndex(text.index() - 1);
    }
}
