// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

import dev.espalier.automata.state.State;
import dev.espalier.core.oracle.FastPath;

/**
 * The results with which a whole set of stacks may end before the next symbol, through callers that end as soon as they have the results of
 * their callees. What was found below a set is kept
 * with it ({@link Endings}). One thread; counted by its algebra.
 */
@FastPath(oracle = "StackEndsTest")
final class StackEnds {

    /** Ends that lead to ends are followed so far down by recursion. */
    private static final int DEEPEST = 200;

    private final StackAlgebra algebra;
    private final FrameReturn returns;

    StackEnds(StackAlgebra algebra, FrameReturn returns) {
        this.algebra = algebra;
        this.returns = returns;
    }

    /** The results with which everything down to the bottom may end before the next symbol, sorted. */
    int[] of(StackSet set) {
        return endings(set, DEEPEST);
    }

    /** Looks at each set below once, and remembers in it what ends there. */
    private int[] endings(StackSet set, int depth) {
        if (depth == 0 || set.reachesPacked()) {
            return searched(set);
        }
        int[] found = State.NO_RESULTS;
        for (int i = 0; i < set.tops().length; i++) {
            algebra.count();
            StackSet below = set.belows()[i];
            for (int result : set.tops()[i].results()) {
                if (below.containsEmpty) {
                    found = ReturnSearch.with(found, result);
                }
                if (below.tops().length > 0) {
                    for (int end : endingsBelow(below, result, depth - 1)) {
                        found = ReturnSearch.with(found, end);
                    }
                }
            }
        }
        return found;
    }

    /** The same by what ends below each top state, which each set below is left once for. */
    int[] searched(StackSet set) {
        int[] found = State.NO_RESULTS;
        for (int i = 0; i < set.tops().length; i++) {
            for (int result : set.tops()[i].results()) {
                for (int end : ReturnSearch.of(algebra, set.belows()[i], result).results()) {
                    found = ReturnSearch.with(found, end);
                }
            }
        }
        return found;
    }

    private int[] endingsBelow(StackSet below, int result, int depth) {
        Endings known = result == 0 ? below.endingsAfterZero : null;
        if (known == null) {
            if (result != 0 || below.reachesPacked()) {
                return ReturnSearch.of(algebra, below, result).results();
            }
            known = new Endings(endings(returns.of(below, result), depth));
            below.endingsAfterZero = known;
        }
        return known.results();
    }
}
