// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.state;

import dev.espalier.core.ByteString;

/**
 * A frame behind some bytes that must come first, such as those of a token that is taken back to be read anew together with what follows it.
 *
 * @param prefix the bytes, at least one
 * @param at how many of them have been read; not all
 * @param start the frame behind them
 */
public record PrefixState(ByteString prefix, int at, State start) implements State, ByteView {

    /** The frame behind a prefix; the frame itself where there is none. */
    public static State of(ByteString prefix, State start) {
        return prefix.length() == 0 ? start : new PrefixState(prefix, 0, start);
    }

    @Override
    public void moves(int symbol, Moves moves) {
        if (mayRead(symbol)) {
            moves.stay(at + 1 == prefix.length() ? start : new PrefixState(prefix, at + 1, start));
        }
    }

    @Override
    public int[] results() {
        return NO_RESULTS;
    }

    @Override
    public void resume(int result, Moves moves) {
        throw new IllegalStateException("calls nobody");
    }

    @Override
    public int[] goal() {
        return start.goal();
    }

    @Override
    public int distance(int result) {
        int behind = start.distance(result);
        return behind == Integer.MAX_VALUE ? behind : behind + prefix.length() - at;
    }

    @Override
    public ByteView byteView() {
        return this;
    }

    @Override
    public boolean mayRead(int symbol) {
        return symbol == prefix.at(at);
    }
}
