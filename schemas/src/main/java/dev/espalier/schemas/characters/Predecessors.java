// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/** The predecessors of each state of an automaton. Immutable. */
public final class Predecessors {

    /** By state where those that lead to it begin in {@link #sources}; one more for the end. */
    private final int[] into;

    private final int[] sources;

    private Predecessors(int[] into, int[] sources) {
        this.into = into;
        this.sources = sources;
    }

    /**
     * The predecessors in an automaton of a number of states.
     *
     * @param row what is kept of a state; null where it leads nowhere
     * @param first the index of the first target in a row
     * @param step from one target to the next; negative targets are none
     */
    public static Predecessors of(
            int states, IntFunction<int @org.jspecify.annotations.Nullable []> row, int first, int step) {
        int[] into = new int[states + 1];
        for (int state = 0; state < states; state++) {
            int[] targets = row.apply(state);
            for (int i = first; targets != null && i < targets.length; i += step) {
                if (targets[i] >= 0) {
                    into[targets[i] + 1]++;
                }
            }
        }
        for (int state = 0; state < states; state++) {
            into[state + 1] += into[state];
        }
        int[] fill = into.clone();
        int[] sources = new int[into[states]];
        for (int state = 0; state < states; state++) {
            int[] targets = row.apply(state);
            for (int i = first; targets != null && i < targets.length; i += step) {
                if (targets[i] >= 0) {
                    sources[fill[targets[i]]++] = state;
                }
            }
        }
        return new Predecessors(into, sources);
    }

    /** The index of the first state that leads to a state; for {@link #source}. */
    int from(int state) {
        return into[state];
    }

    /** One past the index of the last one. */
    int to(int state) {
        return into[state + 1];
    }

    /** A state by its index. */
    int source(int index) {
        return sources[index];
    }

    /** The states that lead to a wanted one, and these. */
    public BitSet leading(IntPredicate wanted) {
        BitSet leading = new BitSet();
        int[] steps = steps(wanted);
        for (int state = 0; state < steps.length; state++) {
            leading.set(state, steps[state] < Integer.MAX_VALUE);
        }
        return leading;
    }

    /** By state the fewest steps to a wanted one; {@link Integer#MAX_VALUE} if none is reached. */
    public int[] steps(IntPredicate wanted) {
        int[] steps = new int[into.length - 1];
        Arrays.fill(steps, Integer.MAX_VALUE);
        int[] queue = new int[steps.length];
        int size = 0;
        for (int state = 0; state < steps.length; state++) {
            if (wanted.test(state)) {
                steps[state] = 0;
                queue[size++] = state;
            }
        }
        for (int i = 0; i < size; i++) {
            for (int s = from(queue[i]); s < to(queue[i]); s++) {
                if (steps[sources[s]] == Integer.MAX_VALUE) {
                    steps[sources[s]] = steps[queue[i]] + 1;
                    queue[size++] = sources[s];
                }
            }
        }
        return steps;
    }
}
