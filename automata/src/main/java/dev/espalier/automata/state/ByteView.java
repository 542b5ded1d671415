// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.state;

/**
 * What a state knows of the bytes that come next, without taking a step. Walks leave out what is dead, and step once for bytes that are read
 * alike. Implementations are thread-safe.
 */
public interface ByteView {

    /**
     * A quick filter: false only if {@link State#moves} would certainly lead nowhere for this symbol, in this frame and in
     * everything it calls. Callers use it to skip a push that would die at once.
     *
     * @param symbol a byte, or {@link State#SPECIAL} and up
     */
    boolean mayRead(int symbol);

    /** The bytes of which {@link #mayRead} is true, or more. Cost: that of 256 questions, unless a state knows better. */
    default ByteSet readable() {
        return ByteSet.of(this::mayRead);
    }

    /**
     * The representative of a symbol's class: after each symbol of a class the frame is in the same state, as far as texts of a horizon
     * can tell ({@link State#within}). Saves steps inside texts, where most characters are alike. Where the state may end, this is of the ways
     * inside the frame only.
     *
     * @return a symbol that answers itself; {@code symbol} if none is known
     */
    default int like(int symbol, Horizon horizon) {
        return symbol;
    }

    /** As {@link #mayRead(int)} of a state's view; true where it has none. */
    static boolean mayRead(State state, int symbol) {
        ByteView view = state.byteView();
        return view == null || view.mayRead(symbol);
    }

    /** As {@link #readable()} of a state's view; all bytes where it has none. */
    static ByteSet readable(State state) {
        ByteView view = state.byteView();
        return view == null ? ByteSet.ALL : view.readable();
    }
}
