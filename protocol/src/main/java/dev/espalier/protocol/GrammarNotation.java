// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import dev.espalier.Output;
import dev.espalier.grammar.dialect.GrammarDialect;

/** Which notation a grammar is in that comes without a name for it: Lark as llguidance reads it, or GBNF. The sign of the first definition tells. */
final class GrammarNotation {

    private final String text;
    private int at;

    private GrammarNotation(String text) {
        this.text = text;
    }

    /** A sentence of a grammar in Lark where it begins with {@code name:} or a directive, {@code %ignore}; else in GBNF. */
    static Output<String> read(String text) {
        return new GrammarNotation(text).isLark()
                ? Output.grammar(GrammarDialect.LLGUIDANCE, text)
                : Output.grammar(text);
    }

    private boolean isLark() {
        skipBlanks();
        if (is('%')) {
            return true;
        }
        while (is('?') || is('!')) {
            at++;
        }
        int name = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "_-.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        if (at == name) {
            return false;
        }
        while (is('[') || is('{')) { // attributes and parameters of a rule
            int end = text.indexOf(is('[') ? ']' : '}', at);
            at = end < 0 ? text.length() : end + 1;
        }
        skipBlanks();
        return is(':') && !text.startsWith("::=", at);
    }

    private boolean is(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    /** Skips white space, and comments of both notations. */
    private void skipBlanks() {
        while (at < text.length()) {
            if (is('#') || text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else {
                return;
            }
        }
    }
}
