// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.page;

import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;

// docs/design/frames.md: begin
/** Quotations in angle brackets, with letters and quotations in them, nested only so deep. */
record Quotes(int open, int room, boolean begun) implements State {

    static State start(int depth) {
        return new Quotes(0, depth, false);
    }

    @Override
    public void moves(int symbol, Moves moves) {
        if (symbol == '<' && room > 0 && !(begun && open == 0)) {
            moves.stay(new Quotes(open + 1, room - 1, true));
        } else if (symbol == '>' && open > 0) {
            moves.stay(new Quotes(open - 1, room + 1, true));
        } else if (symbol >= 'a' && symbol <= 'z' && open > 0) {
            moves.stay(this);
        }
    }

    @Override
    public int[] results() {
        return begun && open == 0 ? RESULT_ZERO : NO_RESULTS;
    }

    @Override
    public void resume(int result, Moves moves) {
        throw new IllegalStateException("calls nobody");
    }

    @Override
    public int distance(int result) {
        return result != 0 ? Integer.MAX_VALUE : begun ? open : 2;
    }

    @Override
    public State within(Horizon horizon) {
        int most = horizon.bytes() + 1;
        return open <= most && room <= most ? this : new Quotes(Math.min(open, most), Math.min(room, most), begun);
    }
}
// docs/design/frames.md: end
