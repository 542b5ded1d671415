// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.value;

import dev.espalier.automata.state.State;
import dev.espalier.schemas.state.EndState;
import dev.espalier.schemas.state.SchemaState;

/** A state inside {@code null}, {@code true} or {@code false}: the rest to be read, and the result after it. */
record LiteralState(String rest, int result) implements SchemaState {

    /** The state after a letter that has just been read. */
    static State after(String rest, int result) {
        return rest.isEmpty() ? EndState.of(result) : new LiteralState(rest, result);
    }

    @Override
    public void moves(int symbol, Moves moves) {
        if (rest.charAt(0) == symbol) {
            moves.stay(after(rest.substring(1), result));
        }
    }

    @Override
    public boolean mayRead(int symbol) {
        return rest.charAt(0) == symbol;
    }

    @Override
    public int[] results() {
        return NO_RESULTS;
    }

    @Override
    public void resume(int ended, Moves moves) {}

    @Override
    public int[] goal() {
        return EndState.of(result).goal();
    }

    @Override
    public int distance(int wanted) {
        return wanted == result ? rest.length() : Integer.MAX_VALUE;
    }
}
