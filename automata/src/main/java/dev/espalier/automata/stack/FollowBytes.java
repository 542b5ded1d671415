// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

import dev.espalier.automata.state.ByteSet;
import dev.espalier.automata.state.ByteView;
import dev.espalier.automata.state.RowState;
import dev.espalier.automata.state.State;
import dev.espalier.core.oracle.FastPath;

/**
 * The bytes that a set of stacks may read once the frame above it has ended with result 0 (as FOLLOW sets of a parser), remembered in the
 * set. A byte that is not among them is dead there, so that a step need not ask all that the end of a frame would lead back to: inside a
 * word, say, that many levels of operators lie below.
 */
@FastPath(oracle = "AmbiguityTest")
final class FollowBytes {

    /** Ends that lead to ends are followed so far down. */
    private static final int DEEPEST = 40;

    private FollowBytes() {}

    /** Whether a byte may be read; true also where that is not known. */
    static boolean contain(StackSet below, int symbol) {
        return of(below).contains(symbol);
    }

    /** Whether a state may end so that a byte can be read below it; true also where that is not known. */
    static boolean mayEnd(State top, StackSet below, int symbol) {
        int[] results = top.results();
        return results.length > 1 || (results.length == 1 && (results[0] != 0 || contain(below, symbol)));
    }

    /** The bytes that may be read; all where that is not known. */
    static ByteSet of(StackSet below) {
        ByteSet known = below.followBytes;
        return known == null ? of(below, DEEPEST) : known;
    }

    private static ByteSet of(StackSet below, int depth) {
        ByteSet known = below.followBytes;
        if (known != null || depth == 0) {
            return known != null ? known : ByteSet.ALL;
        }
        ByteSet found = find(below, depth);
        below.followBytes = found;
        return found;
    }

    private static ByteSet find(StackSet below, int depth) {
        ByteSet found = ByteSet.NONE;
        if (below.isPacked()) {
            for (StackSet part : below.parts()) {
                found = found.or(of(part, depth));
            }
            return found;
        }
        for (int i = 0; i < below.tops().length; i++) {
            if (!(below.tops()[i] instanceof RowState || below.tops()[i] instanceof CutState)) {
                return ByteSet.ALL;
            }
            found = found.or(ByteView.readable(below.tops()[i]));
            if (below.tops()[i].results().length > 0) {
                found = found.or(of(below.belows()[i], depth - 1));
            }
        }
        return found;
    }
}
