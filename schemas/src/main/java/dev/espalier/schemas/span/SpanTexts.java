// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.span;

import dev.espalier.automata.state.State;
import dev.espalier.core.WorkBudget;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.JsonCharacters;
import dev.espalier.schemas.characters.LeastBytes;
import dev.espalier.schemas.work.Deadline;

/** The texts of an automaton as plain UTF-8, without marks and escapes. Immutable, compared by identity. */
public final class SpanTexts {

    private static final int ASCII = 0x80;

    private final CharacterAutomaton automaton;
    /** By state, the bytes of the shortest text to an end. */
    private final int[] least;

    /** The texts of an automaton that is not empty. Cost: a search over all states. */
    public SpanTexts(CharacterAutomaton automaton, WorkBudget budget) {
        this.automaton = automaton;
        budget.allocate(Integer.BYTES * (long) automaton.states());
        this.least = new LeastBytes(automaton, (first, last) -> bytes(first), new Deadline(budget)).of(0);
    }

    private static int bytes(int codePoint) {
        return codePoint < ASCII ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }

    /** The state before a text. */
    public State start() {
        return new SpanState(this, automaton.start(), JsonCharacters.PLAIN);
    }

    /** Estimated bytes on the heap. */
    public long bytes() {
        return automaton.bytes() + Integer.BYTES * (long) least.length;
    }

    CharacterAutomaton automaton() {
        return automaton;
    }

    int least(int state) {
        return least[state];
    }

    /** Where a byte leads in the spelling of a character, as {@link JsonCharacters#next} has it. */
    static int next(int spelling, int symbol) {
        if (symbol >= ASCII) {
            return JsonCharacters.next(spelling, symbol);
        }
        return spelling == JsonCharacters.PLAIN ? JsonCharacters.CHARACTER - symbol : JsonCharacters.DEAD;
    }
}
