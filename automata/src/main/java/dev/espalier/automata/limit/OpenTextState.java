// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.limit;

import dev.espalier.automata.state.ByteView;
import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;
import dev.espalier.automata.state.TokenCounter;
import org.jspecify.annotations.Nullable;

/**
 * Free text that may go on. To a single token it reads like the text without a limit.
 *
 * @param limited what text, up to which ends
 * @param text the state of the text without a limit
 * @param node what of the ends has just been written
 * @param pending how many bytes the last character still needs
 * @param left how many more tokens may end in the text; 0 if nothing but the rest of a character and an end may come
 */
record OpenTextState(LimitedText limited, State text, int node, int pending, int left)
        implements TokenCounter, ByteView {

    @Override
    public void moves(int symbol, Moves moves) {
        State next = symbol >= SPECIAL || !mayRead(symbol) ? null : LimitedText.step(text, symbol);
        if (next == null) {
            return;
        }
        int after = pending > 0 ? pending - 1 : symbol < 0xc0 ? 0 : symbol < 0xe0 ? 1 : symbol < 0xf0 ? 2 : 3;
        OpenTextState open = new OpenTextState(limited, next, limited.next(node, symbol), after, left);
        moves.stay(left == 0 ? open.ended() : open);
    }

    @Override
    public State afterToken() {
        return left == 0 ? this : new OpenTextState(limited, text, node, pending, left - 1).ended();
    }

    /** The state with which the text ends if no token is left and the last character is whole; else this one. */
    private State ended() {
        return left == 0 && pending == 0 ? limited.closing(text, node) : this;
    }

    @Override
    public int[] results() {
        return text.results();
    }

    @Override
    public void resume(int result, Moves moves) {
        throw new IllegalStateException("calls nobody");
    }

    @Override
    public int distance(int result) {
        return text.distance(result);
    }

    @Override
    public State within(Horizon horizon) {
        State near = text.within(horizon);
        return near.equals(text) && left <= 1
                ? this
                : new OpenTextState(limited, near, node, pending, Math.min(left, 1));
    }

    @Override
    public Object key(Horizon horizon) {
        return left == 0 ? this : text.key(horizon);
    }

    @Override
    public @Nullable Object sharedKey(Horizon horizon) {
        return left == 0 ? null : text.sharedKey(horizon);
    }

    @Override
    public ByteView byteView() {
        return this;
    }

    @Override
    public boolean mayRead(int symbol) {
        return symbol < SPECIAL && (left > 0 || (symbol >= 0x80 && symbol < 0xc0)) && ByteView.mayRead(text, symbol);
    }
}
