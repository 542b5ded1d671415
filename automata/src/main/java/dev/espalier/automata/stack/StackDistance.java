// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

import dev.espalier.automata.state.State;
import dev.espalier.core.oracle.FastPath;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * The length of the shortest text with which a whole set of stacks ends: least distances of the frames, added up along each
 * stack. Works with an explicit stack, since text may be nested deeply.
 */
@SuppressWarnings("ReferenceEquality") // the bottom and the entries of the stack are one object each
@FastPath(oracle = "StackDistanceTest")
final class StackDistance {

    /** Everything above a set has ended with a result; sets are told apart by identity. */
    private record Ended(StackSet below, int result) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Ended ended && below == ended.below && result == ended.result;
        }

        @Override
        public int hashCode() {
            return 31 * below.hashCode() + result;
        }
    }

    /** Any result at the bottom will do. */
    static final int ANY = -1;

    private final StackAlgebra algebra;
    private final int wanted;
    private final Map<Ended, Integer> known = new HashMap<>();
    private final ArrayDeque<Ended> pending = new ArrayDeque<>();

    /** Distances to one result of the bottom frame, or to {@link #ANY}. */
    StackDistance(StackAlgebra algebra, int wanted) {
        this.algebra = algebra;
        this.wanted = wanted;
    }

    int of(StackSet set) {
        int best = measure(set);
        while (!pending.isEmpty()) {
            Ended next = pending.peek();
            if (lookUp(next) < 0) {
                int after = after(next);
                if (pending.peek() != next) {
                    continue;
                }
                known.put(next, after);
                if (next.result == 0 && wanted == ANY) {
                    next.below.distanceAfterZero = after;
                }
            }
            pending.pop();
            if (pending.isEmpty()) {
                best = measure(set);
            }
        }
        return best;
    }

    /** The distance of a set, or a guess after pushing what must be known first. */
    private int measure(StackSet set) {
        int best = Integer.MAX_VALUE;
        for (int i = 0; i < set.tops().length; i++) {
            best = Math.min(best, measure(set.tops()[i], set.belows()[i]));
        }
        return best;
    }

    private int measure(State top, StackSet below) {
        algebra.work();
        int best = Integer.MAX_VALUE;
        for (int result : top.goal()) {
            int own = top.distance(result);
            int after = own == Integer.MAX_VALUE ? own : lookUpOrPush(new Ended(below, result));
            if (after != Integer.MAX_VALUE) {
                best = Math.min(best, add(own, after));
            }
        }
        return best;
    }

    /** The distance once everything above has ended, or a guess after pushing what must be known first. */
    private int after(Ended ended) {
        int[] best = {Integer.MAX_VALUE};
        if (ended.below.isPacked()) {
            for (StackSet part : ended.below.parts()) {
                algebra.work();
                best[0] = Math.min(best[0], lookUpOrPush(new Ended(part, ended.result)));
            }
            return best[0];
        }
        if (ended.below.containsEmpty) {
            best[0] = atBottom(ended.result);
        }
        for (int i = 0; i < ended.below.tops().length; i++) {
            StackSet parents = ended.below.belows()[i];
            ended.below.tops()[i].resume(ended.result, new State.Moves() {
                @Override
                public void stay(State next) {
                    best[0] = Math.min(best[0], measure(next, parents));
                }

                @Override
                public void push(State callee, State returnState) {
                    throw new IllegalStateException("resume offered a push");
                }
            });
        }
        return best[0];
    }

    private int lookUpOrPush(Ended ended) {
        int after = lookUp(ended);
        if (after < 0) {
            pending.push(ended);
            return Integer.MAX_VALUE;
        }
        return after;
    }

    private int lookUp(Ended ended) {
        if (ended.below == StackSet.BOTTOM) {
            return atBottom(ended.result);
        }
        if (ended.result == 0 && wanted == ANY && ended.below.distanceAfterZero >= 0) {
            return ended.below.distanceAfterZero;
        }
        return known.getOrDefault(ended, -1);
    }

    private int atBottom(int result) {
        return wanted == ANY || wanted == result ? 0 : Integer.MAX_VALUE;
    }

    private static int add(int a, int b) {
        int sum = a + b;
        return sum < 0 ? Integer.MAX_VALUE - 1 : sum;
    }
}
