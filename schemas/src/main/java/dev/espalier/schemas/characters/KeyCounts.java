// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.oracle.FastPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The number of texts of each outcome from each state of an automaton. A state on a cycle has none or infinitely many; the others are
 * summed up in one pass over the components, callees first. Only outcomes that end somewhere off all cycles can have a finite number:
 * the others need no table. Immutable.
 */
@FastPath(oracle = "KeyClassesOracleTest")
public final class KeyCounts {

    /** A count that means: more texts than anybody can write. */
    public static final int ENDLESS = Integer.MAX_VALUE;

    /** States visited in a unit of work. */
    private static final int STATES_A_UNIT = 8;

    private final CharacterAutomaton automaton;
    private final Cycles cycles;
    private final Map<Integer, int[]> tables = new HashMap<>();
    private final int[] scarce;

    /** The counts of an automaton whose outcomes are numbered from 0 on. Cost: its ranges, times the outcomes that need a table. */
    public KeyCounts(CharacterAutomaton automaton, WorkBudget budget) {
        this.automaton = automaton;
        budget.poll();
        budget.spend(automaton.states() / STATES_A_UNIT);
        this.cycles = Cycles.of(automaton, budget);
        BitSet ending = new BitSet();
        for (int state = 0; state < automaton.states(); state++) {
            if (automaton.outcome(state) >= 0 && !cycles.isOnCycle(state)) {
                ending.set(automaton.outcome(state));
            }
        }
        this.scarce = ending.stream().toArray();
        for (int outcome : scarce) {
            budget.allocate(64 + 4L * automaton.states());
            tables.put(outcome, table(outcome, budget));
        }
    }

    /** The outcomes of which some state may have a finite number of texts that is not 0, ascending; shared. */
    public int[] scarce() {
        return scarce;
    }

    /**
     * The number of texts of an outcome from a state; {@link #ENDLESS} if infinite.
     *
     * @param outcome one that some text has from the state on, or one of {@link #scarce}
     */
    public int of(int outcome, int state) {
        int[] table = tables.get(outcome);
        return table == null ? ENDLESS : table[state];
    }

    private int[] table(int outcome, WorkBudget budget) {
        int[] counts = new int[automaton.states()];
        int visited = 0;
        for (int[] component : cycles.calleesFirst()) {
            long sum = 0;
            if (++visited % STATES_A_UNIT == 0) {
                budget.step();
            }
            budget.spend(component.length / STATES_A_UNIT);
            for (int state : component) {
                sum = Math.min(ENDLESS, sum + (automaton.outcome(state) == outcome ? 1 : 0));
                for (int r = automaton.rangeStart(state); r < automaton.rangeEnd(state); r++) {
                    long each = counts[automaton.target(r)];
                    sum = Math.min(ENDLESS, sum + each * (automaton.last(r) - automaton.first(r) + 1));
                }
            }
            int count = sum > 0 && cycles.isOnCycle(component[0]) ? ENDLESS : (int) sum;
            for (int state : component) {
                counts[state] = count;
            }
        }
        return counts;
    }

    /** The strongly connected components of an automaton. Source: Tarjan (1972), with a stack of its own. */
    private static final class Cycles {

        private final List<int[]> components = new ArrayList<>();
        private final BitSet onCycle = new BitSet();
        private final CharacterAutomaton automaton;
        private final int[] order;
        private final int[] low;
        private final int[] nextRange;
        private final BitSet open = new BitSet();
        private final int[] openStack;
        private final int[] path;
        private int openSize;
        private int pathSize;
        private int visited;

        private Cycles(CharacterAutomaton automaton) {
            this.automaton = automaton;
            int states = automaton.states();
            this.order = new int[states];
            Arrays.fill(order, -1);
            this.low = new int[states];
            this.nextRange = new int[states];
            this.openStack = new int[states];
            this.path = new int[states];
        }

        static Cycles of(CharacterAutomaton automaton, WorkBudget budget) {
            Cycles cycles = new Cycles(automaton);
            int steps = 0;
            for (int state = 0; state < cycles.order.length; state++) {
                if (cycles.order[state] < 0) {
                    cycles.enter(state);
                    while (cycles.pathSize > 0) {
                        if (++steps % STATES_A_UNIT == 0) {
                            budget.step();
                        }
                        cycles.advance(cycles.path[cycles.pathSize - 1]);
                    }
                }
            }
            return cycles;
        }

        /** The components, each after all that it leads to. */
        List<int[]> calleesFirst() {
            return components;
        }

        /** Whether some text leads from a state back to it. */
        boolean isOnCycle(int state) {
            return onCycle.get(state);
        }

        private void enter(int state) {
            order[state] = visited;
            low[state] = visited++;
            nextRange[state] = automaton.rangeStart(state);
            open.set(state);
            openStack[openSize++] = state;
            path[pathSize++] = state;
        }

        private void advance(int state) {
            if (nextRange[state] < automaton.rangeEnd(state)) {
                int target = automaton.target(nextRange[state]++);
                if (order[target] < 0) {
                    enter(target);
                } else if (open.get(target)) {
                    low[state] = Math.min(low[state], order[target]);
                    onCycle.set(target, onCycle.get(target) || target == state);
                }
                return;
            }
            pathSize--;
            if (pathSize > 0) {
                low[path[pathSize - 1]] = Math.min(low[path[pathSize - 1]], low[state]);
            }
            if (low[state] == order[state]) {
                close(state);
            }
        }

        private void close(int state) {
            int from = openSize;
            do {
                from--;
                open.clear(openStack[from]);
            } while (openStack[from] != state);
            int[] component = Arrays.copyOfRange(openStack, from, openSize);
            for (int inside : component) {
                onCycle.set(inside, component.length > 1 || onCycle.get(inside));
            }
            components.add(component);
            openSize = from;
        }
    }
}
