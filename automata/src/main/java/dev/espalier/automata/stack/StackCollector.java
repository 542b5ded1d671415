// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

import dev.espalier.automata.state.State;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The result of a step under construction: states that were reached, with what lies below each, merged by state. One thread. */
@SuppressWarnings("ReferenceEquality") // identity first: equal states are nearly always one object
final class StackCollector {

    private final StackAlgebra algebra;

    private static final int LINEAR = 12;

    private State[] tops = new State[8];
    private StackSet[] belows = new StackSet[8];
    private int size;
    private final Map<State, Integer> index = new HashMap<>();

    StackCollector(StackAlgebra algebra) {
        this.algebra = algebra;
    }

    void clear() {
        size = 0;
        index.clear();
    }

    void add(State state, StackSet below) {
        algebra.count();
        int at = find(state);
        if (at >= 0) {
            belows[at] = algebra.merge(belows[at], below);
            return;
        }
        if (size == tops.length) {
            tops = Arrays.copyOf(tops, 2 * size);
            belows = Arrays.copyOf(belows, 2 * size);
        }
        tops[size] = state;
        belows[size] = below;
        if (size >= LINEAR) {
            if (size == LINEAR) {
                for (int i = 0; i < size; i++) {
                    index.put(tops[i], i);
                }
            }
            index.put(state, size);
        }
        size++;
    }

    private int find(State state) {
        if (size > LINEAR) {
            return index.getOrDefault(state, -1);
        }
        for (int i = 0; i < size; i++) {
            if (tops[i] == state || tops[i].equals(state)) {
                return i;
            }
        }
        return -1;
    }

    StackSet toSet() {
        if (size == 0) {
            return StackSet.NONE;
        }
        if (size == 1) {
            return algebra.single(tops[0], belows[0]);
        }
        return algebra.intern(StackUnion.setOf(tops, belows, size, false));
    }
}
