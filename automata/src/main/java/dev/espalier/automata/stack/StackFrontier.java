// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

import dev.espalier.automata.state.State;
import dev.espalier.automata.state.TailState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The states that are about to read the symbol, each with the stacks below it. A state that is met again with stacks
 * that it was not met with is there once more, with those alone. One thread.
 */
@SuppressWarnings("ReferenceEquality") // identity first: equal sets are nearly always one object
final class StackFrontier implements State.Moves {

    private final StackAlgebra algebra;
    private final StackCollector out;

    private static final int LINEAR = 12;

    private State[] states = new State[8];
    private StackSet[] belows = new StackSet[8];
    /** All stacks below the state so far. */
    private StackSet[] totals = new StackSet[8];

    private int size;
    /** Entries before this one were taken. */
    private int taken;

    private int symbol;
    private StackSet below = StackSet.BOTTOM;
    private final List<State> callees = new ArrayList<>();
    private final List<StackSet> calledBelow = new ArrayList<>();
    /** The last entry of each state, once there are many. */
    private final Map<State, Integer> index = new HashMap<>();

    /** A frontier that hands what was read to a collector. */
    StackFrontier(StackAlgebra algebra, StackCollector out) {
        this.algebra = algebra;
        this.out = out;
    }

    void begin(int newSymbol) {
        size = 0;
        taken = 0;
        symbol = newSymbol;
        index.clear();
    }

    void add(State state, StackSet newBelow) {
        if (newBelow.isPacked()) {
            throw new StackAlgebra.ExpensiveException();
        }
        int at = find(state);
        if (at < 0) {
            append(state, newBelow, newBelow);
            return;
        }
        algebra.work();
        StackSet total = algebra.merge(totals[at], newBelow);
        if (total == totals[at]) {
            return;
        }
        if (at < taken) {
            append(state, newBelow, total);
        } else {
            belows[at] = belows[at] == totals[at] ? total : algebra.merge(belows[at], newBelow);
            totals[at] = total;
        }
    }

    private int find(State state) {
        if (size > LINEAR) {
            return index.getOrDefault(state, -1);
        }
        for (int i = size - 1; i >= 0; i--) {
            if (states[i] == state || states[i].equals(state)) {
                return i;
            }
        }
        return -1;
    }

    private void append(State state, StackSet newBelow, StackSet total) {
        algebra.count();
        if (size == states.length) {
            states = Arrays.copyOf(states, 2 * size);
            belows = Arrays.copyOf(belows, 2 * size);
            totals = Arrays.copyOf(totals, 2 * size);
        }
        states[size] = state;
        belows[size] = newBelow;
        totals[size] = total;
        if (size == LINEAR) {
            for (int i = 0; i < size; i++) {
                index.put(states[i], i);
            }
        }
        if (size >= LINEAR) {
            index.put(state, size);
        }
        size++;
    }

    void drain() {
        while (taken < size) {
            State state = states[taken];
            StackSet under = belows[taken++];
            end(state, under);
            below = under;
            callees.clear();
            calledBelow.clear();
            state.moves(symbol, this);
            for (int i = 0; i < callees.size(); i++) {
                add(callees.get(i), calledBelow.get(i));
            }
        }
    }

    private void end(State state, StackSet under) {
        if (symbol < State.SPECIAL && !FollowBytes.mayEnd(state, under, symbol)) {
            return;
        }
        for (int result : state.results()) {
            FrameReturn.offer(under, result, this::add);
        }
    }

    @Override
    public void stay(State next) {
        out.add(next, below);
    }

    @Override
    public void push(State callee, State returnState) {
        StackSet pushed = TailState.handsResultOn(returnState) ? below : algebra.above(returnState, below);
        for (int i = 0; i < callees.size(); i++) {
            if (callees.get(i).equals(callee)) {
                calledBelow.set(i, algebra.merge(calledBelow.get(i), pushed));
                return;
            }
        }
        callees.add(callee);
        calledBelow.add(pushed);
    }
}
