// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;
import dev.espalier.schemas.characters.JsonTexts;
import dev.espalier.schemas.state.SchemaState;

/** A state inside a number, as a row of a table. */
public record NumberState(NumberAutomaton automaton, int row) implements SchemaState {

    @Override
    public void moves(int symbol, Moves moves) {
        int next = automaton.next(row, symbol);
        if (next >= 0) {
            moves.stay(automaton.state(next));
        }
    }

    @Override
    public boolean mayRead(int symbol) {
        return automaton.next(row, symbol) >= 0;
    }

    @Override
    public State within(Horizon horizon) {
        return automaton.like(row, JsonTexts.of(horizon).longestNumber());
    }

    @Override
    public int[] results() {
        return automaton.results(row);
    }

    @Override
    public void resume(int result, Moves moves) {}

    @Override
    public int[] goal() {
        return automaton.reach(row).results();
    }

    @Override
    public int distance(int result) {
        return automaton.reach(row).to(result);
    }
}
