// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.syntax;

import dev.espalier.chat.syntax.Token.Kind;
import dev.espalier.core.error.SyntaxException;
import java.util.List;

/** The tokens of a template, from left to right. */
final class TokenStream {

    private final Source source;
    private final List<Token> tokens;
    private int next;

    TokenStream(Source source) {
        this.source = source;
        this.tokens = Lexer.tokens(source);
    }

    Source source() {
        return source;
    }

    Token current() {
        return tokens.get(next);
    }

    Token ahead() {
        return tokens.get(Math.min(next + 1, tokens.size() - 1));
    }

    int offset() {
        return current().offset();
    }

    Token take() {
        Token token = current();
        next = Math.min(next + 1, tokens.size() - 1);
        return token;
    }

    boolean is(Kind kind) {
        return current().kind() == kind;
    }

    boolean isName(String name) {
        return current().is(Kind.NAME, name);
    }

    boolean isOperator(String operator) {
        return current().is(Kind.OPERATOR, operator);
    }

    boolean takesName(String name) {
        return isName(name) && take() != null;
    }

    boolean takesOperator(String operator) {
        return isOperator(operator) && take() != null;
    }

    Token expect(Kind kind, String shown) {
        if (!is(kind)) {
            throw expected(shown);
        }
        return take();
    }

    void expectOperator(String operator) {
        if (!takesOperator(operator)) {
            throw expected("\"" + operator + "\"");
        }
    }

    void expectName(String name) {
        if (!takesName(name)) {
            throw expected("\"" + name + "\"");
        }
    }

    SyntaxException expected(String shown) {
        return source.error("expected " + shown + ", not " + current().shown(), offset());
    }
}
