// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.indent;

import dev.espalier.automata.state.ByteView;
import dev.espalier.automata.state.State;
import dev.espalier.automata.state.TailState;
import org.jspecify.annotations.Nullable;

/**
 * A block that counts the columns of its first line. They must be more than those of the block around it; then the block's rules at that column are called.
 *
 * @param block what it is
 * @param outer the columns of the block around it
 * @param at the state of the indentation's text
 * @param column columns that have been read
 */
record BlockState(Block block, int outer, int at, int column) implements State, ByteView {

    /**
     * What blocks of a kind have in common, compared by identity.
     */
    static final class Block {

        private final Levels levels;
        private final IndentedPart.Block part;

        Block(Levels levels, IndentedPart.Block part) {
            this.levels = levels;
            this.part = part;
        }
    }

    /** A block within another; null if it has no text. */
    static @Nullable State start(Block block, int outer) {
        BlockState start = new BlockState(block, outer, 0, 0);
        return start.distance(0) == Integer.MAX_VALUE ? null : start;
    }

    @Override
    public void moves(int symbol, Moves moves) {
        BlockState next = next(symbol);
        if (next != null) {
            moves.stay(next);
        }
        for (IndentedPart.Body body : block.part.bodies()) {
            State start = body(body);
            if (start != null && ByteView.mayRead(start, symbol)) {
                moves.push(start, Behind.BLOCK);
            }
        }
    }

    private @Nullable BlockState next(int symbol) {
        IndentationText text = block.part.text();
        int next = text.next(at, symbol);
        int columns = column + IndentationText.columns(symbol);
        if (next == IndentationText.NONE || columns > text.most()) {
            return null;
        }
        BlockState state = new BlockState(block, outer, next, columns);
        return state.isAlive() ? state : null;
    }

    private boolean isAlive() {
        for (int wanted = Math.max(column, outer + 1); wanted <= block.part.text().most(); wanted++) {
            if (distanceTo(wanted) != Integer.MAX_VALUE) {
                return true;
            }
        }
        return false;
    }

    /** What may follow here; null if nothing. */
    private @Nullable State body(IndentedPart.Body body) {
        boolean mayBegin = column > outer && block.part.text().mayEnd(at, body.end());
        return mayBegin ? block.levels.body(body.callee(), column) : null;
    }

    @Override
    public boolean mayRead(int symbol) {
        if (next(symbol) != null) {
            return true;
        }
        for (IndentedPart.Body body : block.part.bodies()) {
            State start = body(body);
            if (start != null && ByteView.mayRead(start, symbol)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public ByteView byteView() {
        return this;
    }

    @Override
    public int[] results() {
        for (IndentedPart.Body body : block.part.bodies()) {
            if (body.mayBeEmpty() && column > outer && block.part.text().mayEnd(at, body.end())) {
                return RESULT_ZERO;
            }
        }
        return NO_RESULTS;
    }

    @Override
    public void resume(int result, Moves moves) {
        throw new IllegalStateException("is not returned to");
    }

    @Override
    public int distance(int result) {
        int best = Integer.MAX_VALUE;
        if (result == 0) {
            for (int wanted = Math.max(column, outer + 1); wanted <= block.part.text().most(); wanted++) {
                best = Math.min(best, distanceTo(wanted));
            }
        }
        return best;
    }

    /** The distance with so many columns. */
    private int distanceTo(int wanted) {
        int best = Integer.MAX_VALUE;
        for (IndentedPart.Body body : block.part.bodies()) {
            int text = block.part.text().length(at, wanted - column, body.end());
            int rest = body.mayBeEmpty() ? 0 : block.levels.shortest(body.callee(), wanted);
            if (text != IndentationText.NEVER && rest != Integer.MAX_VALUE) {
                best = Math.min(best, (int) Math.min((long) text + rest, Integer.MAX_VALUE - 1));
            }
        }
        return best;
    }

    /** Where a block has ended. */
    private enum Behind implements TailState, ByteView {
        BLOCK;

        @Override
        public void moves(int symbol, Moves moves) {}

        @Override
        public boolean mayRead(int symbol) {
            return false;
        }

        @Override
        public ByteView byteView() {
            return this;
        }

        @Override
        public int[] results() {
            return RESULT_ZERO;
        }

        @Override
        public void resume(int result, Moves moves) {
            if (result == 0) {
                moves.stay(this);
            }
        }

        @Override
        public boolean handsResultOn() {
            return true;
        }

        @Override
        public int distance(int result) {
            return result == 0 ? 0 : Integer.MAX_VALUE;
        }
    }
}
