// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.lexer;

import dev.espalier.core.WorkBudget;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Moore's minimisation: the coarsest classes of states that agree in their labels, and lead to the same classes. */
public final class Partition {

    /** Targets that are compared in about a microsecond. */
    private static final int TARGETS_A_UNIT = 32;

    private Partition() {}

    /**
     * The class of each state; 0 is that of the first state.
     *
     * @param next by state and class of bytes, the next state or -1
     * @param label by state
     */
    public static int[] of(int[][] next, int[] label, WorkBudget budget) {
        int[] classes = numbered(label.length, state -> new Key(new int[] {label[state]}));
        for (int count = -1; count != max(classes); ) {
            count = max(classes);
            int[] old = classes;
            classes = numbered(old.length, state -> {
                budget.spend(1 + next[state].length / TARGETS_A_UNIT);
                int[] key = new int[next[state].length + 1];
                for (int i = 0; i < next[state].length; i++) {
                    key[i] = next[state][i] < 0 ? -1 : old[next[state][i]];
                }
                key[key.length - 1] = old[state];
                return new Key(key);
            });
        }
        return classes;
    }

    private static int max(int[] classes) {
        return Arrays.stream(classes).max().orElse(0);
    }

    /** Numbers for keys in the order of states. */
    private static int[] numbered(int states, java.util.function.IntFunction<Key> key) {
        Map<Key, Integer> numbers = new HashMap<>();
        int[] classes = new int[states];
        for (int state = 0; state < states; state++) {
            classes[state] = numbers.computeIfAbsent(key.apply(state), none -> numbers.size());
        }
        return classes;
    }

    /** Numbers that are compared. */
    private record Key(int[] numbers) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Arrays.equals(numbers, key.numbers);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(numbers);
        }
    }
}
