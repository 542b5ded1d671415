// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

import dev.espalier.automata.state.RowState;
import dev.espalier.automata.state.State;
import dev.espalier.automata.state.TailState;
import dev.espalier.core.oracle.FastPath;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The closure of a set of stacks of rules under calls and returns: all states that are about to read, whatever comes next. A state that is
 * met again is taken again only for stacks that it was not met with. One thread.
 */
@FastPath(oracle = "PackedStepTest")
final class StackOpening implements State.Moves {

    private final StackAlgebra algebra;
    private final FrameReturn returns;
    private final Map<State, StackSet> belows = new LinkedHashMap<>();
    private final ArrayDeque<Met> pending = new ArrayDeque<>();

    /** What lies below the row that is asked for its calls. */
    private StackSet caller = StackSet.NONE;

    private record Met(State state, StackSet below) {}

    StackOpening(StackAlgebra algebra, FrameReturn returns) {
        this.algebra = algebra;
        this.returns = returns;
    }

    StackSet of(StackSet from) {
        for (int i = 0; i < from.tops().length; i++) {
            meet(from.tops()[i], from.belows()[i]);
        }
        while (!pending.isEmpty()) {
            Met met = pending.remove();
            if (met.state instanceof RowState row) {
                follow(row, met.below);
            }
        }
        return new StackSet(
                belows.keySet().toArray(State[]::new), belows.values().toArray(StackSet[]::new), false);
    }

    private void meet(State state, StackSet below) {
        algebra.count();
        StackSet known = belows.get(state);
        StackSet total = known == null ? below : algebra.merge(known, below);
        if (total != known) {
            belows.put(state, total);
            pending.add(new Met(state, below));
        }
    }

    private void follow(RowState row, StackSet below) {
        if (row.results().length > 0) {
            StackSet after = returns.of(below, 0);
            for (int i = 0; i < after.tops().length; i++) {
                meet(after.tops()[i], after.belows()[i]);
            }
        }
        caller = below;
        row.calls(this);
    }

    @Override
    public void stay(State next) {
        throw new IllegalStateException("a call read something");
    }

    @Override
    public void push(State callee, State returnState) {
        meet(callee, TailState.handsResultOn(returnState) ? caller : algebra.above(returnState, caller));
    }
}
