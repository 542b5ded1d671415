// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A state of a rule: one of finitely many rows of a table. What it calls does not depend on the symbol that comes, so that sets of stacks
 * can be opened, cut and united without one. It ends with result 0 alone. A class rather than an interface, since sets of stacks often
 * ask whether a state is one.
 */
public abstract class RowState implements TailState, ByteView {

    /** Offers all callees, whatever symbol comes, to {@link State.Moves#push}. */
    public abstract void calls(Moves moves);

    /** The bytes that it reads itself, without calling others for them; null where it calls none. */
    public abstract @Nullable ByteSet ownBytes();

    /** Whether it reads some symbol itself, without calling others for it. */
    public boolean readsItself() {
        ByteSet own = ownBytes();
        return own == null || !own.isEmpty();
    }

    /** The states of the nondeterministic automaton that the row stands for: sorted, not to be modified. */
    public abstract int[] core();

    /** The table that the row belongs to. */
    public abstract Frame frame();

    @Override
    public final ByteView byteView() {
        return this;
    }

    @Override
    public final void resume(int result, Moves moves) {
        if (result == 0) {
            moves.stay(this);
        }
    }

    /** All rows of one rule. */
    public interface Frame {

        /** The row of all states of some rows: what may be read from one of them to the frame's end may be read from it. */
        RowState union(List<RowState> rows);
    }
}
