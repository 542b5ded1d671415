// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.span;

import dev.espalier.automata.state.ByteSet;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.Completion;
import dev.espalier.schemas.characters.JsonCharacters;
import dev.espalier.schemas.state.SchemaState;

/**
 * A state inside plain text that may end wherever its automaton has an outcome.
 *
 * @param texts what may be written
 * @param state a state of the automaton
 * @param spelling where in the bytes of a character, as {@link JsonCharacters} has it
 */
@FastPath(oracle = "SpanCompilerTest")
record SpanState(SpanTexts texts, int state, int spelling) implements SchemaState {

    @Override
    public void moves(int symbol, Moves moves) {
        if (symbol >= SPECIAL) {
            return;
        }
        int next = SpanTexts.next(spelling, symbol);
        if (next <= JsonCharacters.CHARACTER) {
            int after = texts.automaton().next(state, JsonCharacters.CHARACTER - next);
            if (after >= 0) {
                moves.stay(new SpanState(texts, after, JsonCharacters.PLAIN));
            }
        } else if (next > 0
                && Completion.of(next).target(texts.automaton(), state, after -> true) != Completion.NOWHERE) {
            moves.stay(new SpanState(texts, state, next));
        }
    }

    @Override
    public boolean mayRead(int symbol) {
        int next = symbol < SPECIAL ? SpanTexts.next(spelling, symbol) : JsonCharacters.DEAD;
        return (next > 0 || next <= JsonCharacters.CHARACTER)
                && texts.automaton().hasNext(state, JsonCharacters.least(next), JsonCharacters.greatest(next));
    }

    @Override
    public ByteSet readable() {
        CharacterAutomaton automaton = texts.automaton();
        if (spelling != JsonCharacters.PLAIN) {
            return SchemaState.super.readable();
        }
        long[] words = new long[4];
        for (int range = automaton.rangeStart(state); range < automaton.rangeEnd(state); range++) {
            int last = Math.min(automaton.last(range), 0x7F);
            for (int c = automaton.first(range); c <= last; c++) {
                words[c >> 6] |= 1L << c;
            }
            JsonCharacters.addFirstBytes(Math.max(automaton.first(range), 0x80), automaton.last(range), words);
        }
        return ByteSet.of(words);
    }

    @Override
    public int[] results() {
        return spelling == JsonCharacters.PLAIN && texts.automaton().outcome(state) >= 0 ? RESULT_ZERO : NO_RESULTS;
    }

    @Override
    public void resume(int result, Moves moves) {}

    @Override
    public int distance(int result) {
        if (result != 0 || spelling == JsonCharacters.PLAIN) {
            return result == 0 ? texts.least(state) : Integer.MAX_VALUE;
        }
        int[] best = {Integer.MAX_VALUE};
        Completion.of(spelling)
                .forEach(
                        texts.automaton(),
                        state,
                        (after, bytes) -> best[0] = Math.min(best[0], bytes + texts.least(after)));
        return best[0];
    }

    @Override
    public int hashCode() {
        return (state * 31 + spelling) * 31 + texts.automaton().hashCode();
    }
}
