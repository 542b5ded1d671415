// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.oracle.FastPath;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The smallest automaton that is equal to a given one. With m transitions and n states in O(m log n): each split costs as
 * much as the smaller half.
 *
 * <p>Source: Hopcroft, "An n log n algorithm for minimizing states in a finite automaton" (1971), in the form for partial
 * automata of Valmari, "Fast brief practical DFA minimization" (2012).
 */
@FastPath(oracle = "StringAlternativesTest")
public final class Hopcroft {

    /** States visited in a unit of work. */
    private static final int STATES_A_UNIT = 128;

    /** Transitions put into their blocks in a unit of work. */
    private static final int TRANSITIONS_A_UNIT = 32;

    /** The cost of sorting, in steps. */
    private static final int SORTING = 2;

    /** Estimated bytes of a transition while blocks are split. */
    private static final int TRANSITION_BYTES = 56;

    private final DenseAutomaton automaton;
    private final WorkBudget budget;
    private final int classes;

    /** By transition, in the order of their classes: where it comes from and leads to. */
    private int[] sources = new int[64];

    private int[] targets = new int[64];
    private int[] labels = new int[64];
    private int transitions;
    private int counted;

    private Hopcroft(DenseAutomaton automaton, WorkBudget budget) {
        this.automaton = automaton;
        this.budget = budget;
        this.classes = automaton.classes();
    }

    /** The same texts and outcomes with the fewest states, in the order in which they are met. */
    public static DenseAutomaton minimised(DenseAutomaton automaton, WorkBudget budget) {
        Hopcroft work = new Hopcroft(automaton, budget);
        BitSet live = work.live();
        if (!live.get(0)) {
            return DenseAutomaton.none(work.classes);
        }
        work.list(live);
        return work.numbered(work.blocks(live), live);
    }

    /** The states that lead to an outcome. */
    private BitSet live() {
        BitSet all = new BitSet();
        all.set(0, automaton.states());
        list(all);
        budget.checkMemory((long) TRANSITION_BYTES * transitions);
        count(transitions);
        int[] into = into();
        int[] order = bySource(targets, into);
        BitSet live = new BitSet();
        int[] queue = new int[automaton.states()];
        int size = 0;
        for (int state = 0; state < automaton.states(); state++) {
            if (automaton.outcome(state) >= 0) {
                live.set(state);
                queue[size++] = state;
            }
        }
        for (int i = 0; i < size; i++) {
            for (int t = into[queue[i]]; t < into[queue[i] + 1]; t++) {
                int source = sources[order[t]];
                if (!live.get(source)) {
                    live.set(source);
                    queue[size++] = source;
                }
            }
        }
        return live;
    }

    /** Lists the transitions between some states. */
    private void list(BitSet states) {
        transitions = 0;
        for (int c = 0; c < classes; c++) {
            budget.spend(states.length() / STATES_A_UNIT);
            for (int state = states.nextSetBit(0); state >= 0; state = states.nextSetBit(state + 1)) {
                int target = automaton.next(state, c);
                if (target >= 0 && states.get(target)) {
                    if (transitions == sources.length) {
                        sources = Arrays.copyOf(sources, 2 * transitions);
                        targets = Arrays.copyOf(targets, 2 * transitions);
                        labels = Arrays.copyOf(labels, 2 * transitions);
                    }
                    sources[transitions] = state;
                    targets[transitions] = target;
                    labels[transitions++] = c;
                }
            }
        }
    }

    /** By state, where its incoming transitions begin in {@link #bySource}. */
    private int[] into() {
        int[] into = new int[automaton.states() + 1];
        for (int t = 0; t < transitions; t++) {
            into[targets[t] + 1]++;
        }
        for (int state = 0; state < automaton.states(); state++) {
            into[state + 1] += into[state];
        }
        return into;
    }

    /** The transitions sorted by a state each. */
    private int[] bySource(int[] states, int[] offset) {
        int[] fill = offset.clone();
        int[] order = new int[transitions];
        for (int t = 0; t < transitions; t++) {
            order[fill[states[t]]++] = t;
        }
        return order;
    }

    /** By state, the block of states that equal it. */
    private Partition blocks(BitSet live) {
        int states = automaton.states();
        int[] outcomes = new int[states];
        Arrays.setAll(outcomes, state -> live.get(state) ? automaton.outcome(state) + 1 : -1);
        count(SORTING * (transitions + states));
        Partition blocks = new Partition(outcomes);
        Partition cords = new Partition(Arrays.copyOf(labels, transitions));
        int[] into = into();
        int[] order = bySource(targets, into);
        int block = 1;
        for (int cord = 0; cord < cords.count; cord++) {
            count(cords.end[cord] - cords.start[cord]);
            for (int i = cords.start[cord]; i < cords.end[cord]; i++) {
                blocks.mark(sources[cords.elements[i]]);
            }
            blocks.split();
            for (; block < blocks.count; block++) {
                for (int i = blocks.start[block]; i < blocks.end[block]; i++) {
                    int state = blocks.elements[i];
                    count(into[state + 1] - into[state]);
                    for (int t = into[state]; t < into[state + 1]; t++) {
                        cords.mark(order[t]);
                    }
                }
                cords.split();
            }
        }
        return blocks;
    }

    private void count(int steps) {
        counted += steps;
        if (counted >= TRANSITIONS_A_UNIT) {
            budget.spend(counted / TRANSITIONS_A_UNIT);
            counted %= TRANSITIONS_A_UNIT;
        }
    }

    private DenseAutomaton numbered(Partition blocks, BitSet live) {
        int[] number = new int[blocks.count];
        Arrays.fill(number, CharacterAutomaton.NONE);
        int[] members = new int[blocks.count];
        int size = 1;
        number[blocks.set[0]] = 0;
        int[] next = new int[blocks.count * classes];
        for (int i = 0; i < size; i++) {
            budget.spend(classes / STATES_A_UNIT);
            for (int c = 0; c < classes; c++) {
                int target = automaton.next(members[i], c);
                if (target < 0 || !live.get(target)) {
                    next[i * classes + c] = CharacterAutomaton.NONE;
                    continue;
                }
                int block = blocks.set[target];
                if (number[block] < 0) {
                    number[block] = size;
                    members[size++] = target;
                }
                next[i * classes + c] = number[block];
            }
        }
        int[] outcomes = new int[size];
        Arrays.setAll(outcomes, i -> automaton.outcome(members[i]));
        return new DenseAutomaton(classes, Arrays.copyOf(next, size * classes), outcomes);
    }

    /** Numbers in sets that are split again and again: the marked ones of each from the others. */
    private static final class Partition {
        final int[] elements;
        final int[] set;
        final int[] start;
        final int[] end;
        int count;
        private final int[] location;
        private final int[] marked;
        private final int[] touched;
        private int touchedCount;

        /** The numbers by the names of their sets. */
        Partition(int[] names) {
            int size = names.length;
            elements = new int[size];
            set = new int[size];
            start = new int[size];
            end = new int[size];
            location = new int[size];
            marked = new int[size];
            touched = new int[size];
            long[] sorted = new long[size];
            Arrays.setAll(sorted, i -> ((long) names[i] << 32) | i);
            Arrays.sort(sorted);
            for (int i = 0; i < size; i++) {
                int element = (int) sorted[i];
                if (i == 0 || (sorted[i] >> 32) != (sorted[i - 1] >> 32)) {
                    start[count++] = i;
                }
                elements[i] = element;
                location[element] = i;
                set[element] = count - 1;
                end[count - 1] = i + 1;
            }
        }

        void mark(int element) {
            int s = set[element];
            int from = location[element];
            int to = start[s] + marked[s];
            if (from < to) {
                return;
            }
            elements[from] = elements[to];
            location[elements[from]] = from;
            elements[to] = element;
            location[element] = to;
            if (marked[s]++ == 0) {
                touched[touchedCount++] = s;
            }
        }

        /** Takes the marked elements of each set out of it; the smaller part becomes the new set. */
        void split() {
            while (touchedCount > 0) {
                int s = touched[--touchedCount];
                int middle = start[s] + marked[s];
                marked[s] = 0;
                if (middle == end[s]) {
                    continue;
                }
                if (middle - start[s] <= end[s] - middle) {
                    start[count] = start[s];
                    end[count] = start[s] = middle;
                } else {
                    end[count] = end[s];
                    start[count] = end[s] = middle;
                }
                for (int i = start[count]; i < end[count]; i++) {
                    set[elements[i]] = count;
                }
                count++;
            }
        }
    }
}
