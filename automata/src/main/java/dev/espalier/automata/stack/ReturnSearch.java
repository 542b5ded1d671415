// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

import dev.espalier.automata.state.RowState;
import dev.espalier.automata.state.State;
import dev.espalier.core.oracle.FastPath;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The search for {@link StackReturns}: all states in which callers go on, however many frames end at once. Each part below is left once
 * with each result, so that the cost is the number of sets below and of their entries, however many stacks they make. What was found for
 * result 0 is kept with the set, and taken over where it is a base of another. One thread.
 */
@FastPath(oracle = "PackedStepTest")
final class ReturnSearch {

    private final StackAlgebra algebra;
    /** Whether what ends is followed for states of rules only. */
    private final boolean onlyRules;

    private final Map<State, StackPacking> states = new LinkedHashMap<>();
    private final Map<Integer, Set<StackSet>> met = new HashMap<>();
    private final Set<StackReturns> taken = Collections.newSetFromMap(new IdentityHashMap<>());
    private final ArrayDeque<Ended> pending = new ArrayDeque<>();
    private int[] results = State.NO_RESULTS;

    private record Ended(StackSet part, int result) {}

    private ReturnSearch(StackAlgebra algebra, boolean onlyRules) {
        this.algebra = algebra;
        this.onlyRules = onlyRules;
    }

    /** What goes on after everything above a set ended with a result. */
    static StackReturns of(StackAlgebra algebra, StackSet below, int result) {
        StackReturns known = result == 0 ? known(below) : null;
        if (known == null) {
            known = new ReturnSearch(algebra, false).find(below, result);
            if (result == 0) {
                remember(below, known);
            }
        }
        return known;
    }

    /** The same for result 0 through rules alone: other states that may end at once are among those found, and not followed. */
    static StackSet ofRules(StackAlgebra algebra, StackSet below) {
        return new ReturnSearch(algebra, true).find(below, 0).states();
    }

    private static @Nullable StackReturns known(StackSet set) {
        StackParts parts = set.packed();
        return parts == null ? set.returnsAfterZero : parts.returnsAfterZero;
    }

    private static void remember(StackSet set, StackReturns found) {
        StackParts parts = set.packed();
        if (parts == null) {
            set.returnsAfterZero = found;
        } else {
            parts.returnsAfterZero = found;
        }
    }

    private StackReturns find(StackSet below, int result) {
        leave(below, result);
        while (!pending.isEmpty()) {
            Ended next = pending.pop();
            if (next.part.containsEmpty) {
                results = with(results, next.result);
            }
            State[] tops = next.part.tops();
            for (int i = 0; i < tops.length; i++) {
                StackSet parents = next.part.belows()[i];
                tops[i].resume(next.result, new State.Moves() {
                    @Override
                    public void stay(State state) {
                        goOn(state, parents);
                    }

                    @Override
                    public void push(State callee, State returnState) {
                        throw new IllegalStateException("resume offered a push");
                    }
                });
            }
        }
        return new StackReturns(algebra.packedSet(states), results);
    }

    private void goOn(State state, StackSet below) {
        algebra.work();
        boolean isNew =
                states.computeIfAbsent(state, unused -> new StackPacking()).add(below);
        if (isNew && (!onlyRules || state instanceof RowState)) {
            for (int result : state.results()) {
                leave(below, result);
            }
        }
    }

    private void leave(StackSet below, int result) {
        StackParts parts = below.packed();
        if (parts == null) {
            leavePart(below, result);
            return;
        }
        for (StackParts at = parts; at != null; at = at.base()) {
            StackReturns known = result == 0 && !onlyRules ? at.returnsAfterZero : null;
            if (known != null) {
                take(known);
                return;
            }
            for (StackSet part : at.own()) {
                leavePart(part, result);
            }
        }
    }

    private void leavePart(StackSet part, int result) {
        algebra.work();
        StackReturns known = result == 0 && !onlyRules ? part.returnsAfterZero : null;
        if (known != null) {
            take(known);
        } else if (met.computeIfAbsent(result, unused -> Collections.newSetFromMap(new IdentityHashMap<>()))
                .add(part)) {
            pending.push(new Ended(part, result));
        }
    }

    private void take(StackReturns known) {
        if (taken.add(known)) {
            for (int i = 0; i < known.states().tops().length; i++) {
                algebra.work();
                states.computeIfAbsent(known.states().tops()[i], unused -> new StackPacking())
                        .add(known.states().belows()[i]);
            }
            for (int result : known.results()) {
                results = with(results, result);
            }
        }
    }

    /** Sorted numbers with one more, if it is not among them. */
    static int[] with(int[] results, int result) {
        int at = Arrays.binarySearch(results, result);
        if (at >= 0) {
            return results;
        }
        if (results.length == 0 && result == 0) {
            return State.RESULT_ZERO;
        }
        int[] more = Arrays.copyOf(results, results.length + 1);
        more[results.length] = result;
        Arrays.sort(more);
        return more;
    }
}
