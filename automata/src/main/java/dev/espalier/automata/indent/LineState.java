// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.indent;

import dev.espalier.automata.state.ByteView;
import dev.espalier.automata.state.State;
import org.jspecify.annotations.Nullable;

/**
 * The indentation of a line in the same block: so many columns as are left, not more.
 *
 * @param text of the indentation
 * @param end the boundary behind it
 * @param at the state of the text
 * @param left columns that must still come
 * @param isBegun whether anything has been read
 */
record LineState(IndentationText text, int end, int at, int left, boolean isBegun) implements State, ByteView {

    /** The indentation of a column; null if there is no text of it but the empty one. */
    static @Nullable State start(IndentationText text, int end, int column) {
        return text.lengthNotEmpty(column, end) == IndentationText.NEVER
                ? null
                : new LineState(text, end, 0, column, false);
    }

    @Override
    public void moves(int symbol, Moves moves) {
        if (mayRead(symbol)) {
            int columns = IndentationText.columns(symbol);
            moves.stay(new LineState(text, end, text.next(at, symbol), left - columns, true));
        }
    }

    @Override
    public boolean mayRead(int symbol) {
        int next = text.next(at, symbol);
        int columns = IndentationText.columns(symbol);
        return next != IndentationText.NONE
                && columns <= left
                && text.length(next, left - columns, end) != IndentationText.NEVER;
    }

    @Override
    public ByteView byteView() {
        return this;
    }

    @Override
    public int[] results() {
        return isBegun && left == 0 && text.mayEnd(at, end) ? RESULT_ZERO : NO_RESULTS;
    }

    @Override
    public void resume(int result, Moves moves) {
        throw new IllegalStateException("calls nobody");
    }

    @Override
    public int distance(int result) {
        if (result != 0) {
            return Integer.MAX_VALUE;
        }
        return isBegun ? text.length(at, left, end) : text.lengthNotEmpty(left, end);
    }
}
