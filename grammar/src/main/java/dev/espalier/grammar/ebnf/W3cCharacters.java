// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.ebnf;

import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.source.CharacterReader;
import dev.espalier.grammar.source.SourceText;

/** Reads the characters of the W3C's notation: {@code #x41}, and inside classes all others as they are. */
final class W3cCharacters extends CharacterReader {

    W3cCharacters(SourceText source, WorkBudget budget) {
        super(source, "#x10000", budget);
    }

    /**
     * The character that a number names.
     *
     * @param to where the token ends
     */
    int numbered(int from, int to) {
        int character = character(from);
        if (position() < to) {
            throw error("expected hexadecimal digits, or a blank behind them", position());
        }
        return character;
    }

    @Override
    protected int read(boolean inClass) {
        int start = position();
        int character = take();
        if (character != '#' || peek() != 'x') {
            return character;
        }
        take();
        return hex(start, 0);
    }
}
