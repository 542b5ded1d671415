// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.gbnf;

import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.source.CharacterReader;
import dev.espalier.grammar.source.SourceText;

/** Reads the characters inside GBNF's literals and classes. */
final class GbnfCharacters extends CharacterReader {

    GbnfCharacters(SourceText source, WorkBudget budget) {
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
        return switch (escape) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '\\', '"', '[', ']', '-' -> escape;
            case 'x' -> hex(start, 2);
            case 'u' -> hex(start, 4);
            case 'U' -> hex(start, 8);
            default ->
                throw error(
                        "unknown escape; expected one of \\n \\r \\t \\\\ \\\" \\[ \\] \\- \\xHH \\uHHHH \\UHHHHHHHH",
                        start);
        };
    }
}
