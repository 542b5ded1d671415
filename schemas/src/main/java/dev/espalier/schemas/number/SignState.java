// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

import dev.espalier.automata.state.State;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.state.SchemaState;
import org.jspecify.annotations.Nullable;

/**
 * The state before the first digit of a number.
 *
 * @param side the numbers of the sign that is read, or of no sign
 * @param negative the numbers after a sign that may still come; null after it
 */
public record SignState(DecimalSide side, @Nullable DecimalSide negative) implements SchemaState {

    @Override
    public void moves(int symbol, Moves moves) {
        if (symbol == '-' && negative != null) {
            SignState next = new SignState(negative, null);
            if (!next.reach().isEmpty()) {
                moves.stay(next);
            }
        } else if (symbol >= '0' && symbol <= '9') {
            DecimalState.first(side, symbol - '0', moves);
        }
    }

    @Override
    public boolean mayRead(int symbol) {
        return (symbol == '-' && negative != null) || (symbol >= '0' && symbol <= '9');
    }

    /** The results of the numbers from here, with the bytes of the shortest. */
    Reach reach() {
        FirstMoves first = new FirstMoves();
        for (int symbol = '-'; symbol <= '9'; symbol++) {
            moves(symbol, first);
        }
        return first.reach;
    }

    private static final class FirstMoves implements Moves {
        private Reach reach = Reach.NONE;

        @Override
        public void stay(State next) {
            for (int result : next.goal()) {
                reach = reach.or(result, Reach.add(next.distance(result), 1));
            }
        }

        @Override
        public void push(State callee, State returnState) {
            throw new IllegalStateException("a number has no parts");
        }
    }

    @Override
    public int[] results() {
        return NO_RESULTS;
    }

    @Override
    public void resume(int result, Moves moves) {}

    @Override
    public int[] goal() {
        return reach().results();
    }

    @Override
    public int distance(int result) {
        return reach().to(result);
    }
}
