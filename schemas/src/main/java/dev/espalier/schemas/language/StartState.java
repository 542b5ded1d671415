// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.language;

import dev.espalier.automata.state.ByteView;
import dev.espalier.automata.state.Horizon;
import dev.espalier.schemas.state.SchemaState;
import org.jspecify.annotations.Nullable;

/** Before the first byte of a text; all that follows belongs to one generation of the schema. */
public record StartState(Renewal renewal) implements SchemaState {

    @Override
    public void moves(int symbol, Moves moves) {
        renewal.start().moves(symbol, moves);
    }

    @Override
    public boolean mayRead(int symbol) {
        return ByteView.mayRead(renewal.current(), symbol);
    }

    @Override
    public int[] results() {
        return NO_RESULTS;
    }

    @Override
    public void resume(int result, Moves moves) {}

    @Override
    public int[] goal() {
        return renewal.start().goal();
    }

    @Override
    public int distance(int result) {
        return renewal.start().distance(result);
    }

    @Override
    public @Nullable Object sharedKey(Horizon horizon) {
        return renewal.start().sharedKey(horizon);
    }
}
