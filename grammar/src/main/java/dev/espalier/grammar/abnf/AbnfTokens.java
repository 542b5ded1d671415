// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.abnf;

import dev.espalier.grammar.source.GuardedTokens;
import dev.espalier.grammar.source.TreeListener;
import dev.espalier.grammar.syntax.AbnfParser;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenSource;

/**
 * The tokens of an ABNF text without the line ends that mean nothing: those before the first rule, and those before a line
 * that is indented further than the first rule and so goes on with a rule.
 */
final class AbnfTokens extends GuardedTokens {

    private static final int UNKNOWN = -1;

    private int margin = UNKNOWN;

    AbnfTokens(TokenSource lexer, TreeListener listener) {
        super(lexer, listener);
    }

    @Override
    public Token nextToken() {
        Token token = super.nextToken();
        int indentation = UNKNOWN;
        while (token.getType() == AbnfParser.NEWLINE && (margin == UNKNOWN || indentation(token) > margin)) {
            indentation = indentation(token);
            token = super.nextToken();
        }
        if (margin == UNKNOWN) {
            margin = indentation == UNKNOWN ? token.getStartIndex() : indentation;
        }
        return token;
    }

    /** How far the line behind a run of line ends is indented. */
    private static int indentation(Token newline) {
        String text = newline.getText();
        return text.length() - 1 - Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
    }
}
