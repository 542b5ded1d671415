// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.limit;

import dev.espalier.automata.state.ByteView;
import dev.espalier.automata.state.State;
import java.util.List;

/**
 * Free text that has had all its tokens: an end is written, and nothing else.
 *
 * @param limited what text, up to which ends
 * @param text the state of the text without a limit
 * @param parts what has been written of ends that may still come
 * @param isWhole whether an end is whole, or there is none
 */
record ClosingTextState(LimitedText limited, State text, List<LimitedText.Part> parts, boolean isWhole)
        implements State, ByteView {

    @Override
    public void moves(int symbol, Moves moves) {
        List<LimitedText.Part> next = symbol >= SPECIAL ? List.of() : limited.goingOn(parts, symbol);
        if (next.isEmpty()) {
            return;
        }
        State after = LimitedText.step(text, symbol);
        if (after != null) {
            boolean whole = next.stream().anyMatch(part -> limited.left(part) == 0);
            List<LimitedText.Part> open =
                    next.stream().filter(part -> limited.left(part) > 0).toList();
            moves.stay(new ClosingTextState(limited, after, open, whole));
        }
    }

    @Override
    public int[] results() {
        return isWhole ? text.results() : NO_RESULTS;
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
        return isWhole && text.results().length > 0
                ? 0
                : parts.stream().mapToInt(limited::left).min().orElse(Integer.MAX_VALUE);
    }

    @Override
    public ByteView byteView() {
        return this;
    }

    @Override
    public boolean mayRead(int symbol) {
        return symbol < SPECIAL && !limited.goingOn(parts, symbol).isEmpty();
    }
}
