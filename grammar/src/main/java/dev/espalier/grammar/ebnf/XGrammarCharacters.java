// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.ebnf;

import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.source.CharacterReader;
import dev.espalier.grammar.source.SourceText;

/** Reads the characters inside XGrammar's literals and classes. */
final class XGrammarCharacters extends CharacterReader {

    private static final String ANYWHERE = "\"\\/'?";
    private static final String IN_CLASSES = "^$.*+()[]{}|-";

    XGrammarCharacters(SourceText source, WorkBudget budget) {
        super(source, "\\UHHHHHHHH", budget);
    }

    @Override
    protected int read(boolean inClass) {
        int start = position();
        int character = take();
        if (character != '\\') {
            return character;
        }
        int escape = take();
        if (ANYWHERE.indexOf(escape) >= 0 || (inClass && IN_CLASSES.indexOf(escape) >= 0)) {
            return escape;
        }
        return switch (escape) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'a' -> 0x07;
            case 'v' -> 0x0B;
            case '0' -> 0x00;
            case 'e' -> 0x1B;
            case 'x' -> hex(start, 0);
            case 'u' -> hex(start, 4);
            case 'U' -> hex(start, 8);
            default ->
                throw error(
                        "unknown escape; expected one of \\n \\r \\t \\b \\f \\a \\v \\0 \\e \\\" \\' \\\\ \\/ \\?"
                                + " \\xH... \\uHHHH \\UHHHHHHHH" + (inClass ? ", or punctuation" : ""),
                        start);
        };
    }

    /** {@code []} is no character, and {@code [^]} any. */
    @Override
    protected void checkEmpty(int offset) {}
}
