// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.collect.SequenceIndex;
import dev.espalier.core.oracle.FastPath;
import java.util.Arrays;
import java.util.List;

/**
 * A minimisation by partition refinement: blocks of states that no text distinguishes. A state is examined again only when one of its
 * targets has left its block, and only the smaller part of a block leaves: as in Hopcroft's algorithm, O(m log n) for m ranges and n
 * states, without an alphabet of single symbols.
 *
 * <p>Source: Hopcroft, "An n log n algorithm for minimizing states in a finite automaton" (1971), with the signatures of
 * Blom and Orzan, "Distributed branching bisimulation reduction of state spaces" (2003).
 */
@FastPath(oracle = "EqualStatesTest")
public final class EqualStates {

    /** The number of states up to which they are examined without a table of their own. */
    private static final int FEW = 16;

    private final List<int[]> transitions;
    private final Runnable step;
    private final int[] block;
    private final SequenceIndex few = new SequenceIndex();
    private int[] scratch = new int[64];
    private int blocks;
    /** The live states, those of a block together; by block where its states begin and end; by state where it is. */
    private final int[] members;

    private final int[] start;
    private final int[] end;
    private final int[] location;
    private final Predecessors predecessors;
    /** The states to look at, each once. */
    private int[] open;

    private int opened;
    private int[] opening;
    private final boolean[] isOpening;

    private EqualStates(List<int[]> transitions, int[] names, Runnable step) {
        int states = names.length;
        this.transitions = transitions;
        this.predecessors = Predecessors.of(states, s -> names[s] < 0 ? null : transitions.get(s), 2, 3);
        this.step = step;
        this.block = names;
        this.members = new int[states];
        this.start = new int[states + 1];
        this.end = new int[states + 1];
        this.location = new int[states];
        this.open = new int[states];
        this.opening = new int[states];
        this.isOpening = new boolean[states];
    }

    /**
     * The blocks of an automaton.
     *
     * @param transitions by state, first and last symbol and target of sorted, disjoint ranges in turn
     * @param names by state, the number (from 0) of its initial block; negative if it leads nowhere
     * @return by state the number of its block; negative as before. The array is {@code names}
     */
    public static int[] of(List<int[]> transitions, int[] names, WorkBudget budget) {
        return of(transitions, names, budget::step);
    }

    /** {@link #of(List, int[], WorkBudget)} of an automaton whose size is bounded already. */
    public static int[] of(List<int[]> transitions, int[] names) {
        return of(transitions, names, () -> {});
    }

    private static int[] of(List<int[]> transitions, int[] names, Runnable step) {
        EqualStates all = new EqualStates(transitions, names, step);
        all.begin();
        while (all.opened > 0) {
            all.round();
        }
        return names;
    }

    /** Numbers the blocks densely, and opens all states. */
    private void begin() {
        SequenceIndex numbers = new SequenceIndex();
        int[] size = new int[block.length + 1];
        for (int state = 0; state < block.length; state++) {
            if (block[state] >= 0) {
                block[state] = numbers.add(block[state]);
                size[block[state]]++;
                open[opened++] = state;
            }
        }
        blocks = numbers.size();
        int at = 0;
        for (int b = 0; b < blocks; b++) {
            start[b] = at;
            end[b] = at;
            at += size[b];
        }
        for (int i = 0; i < opened; i++) {
            put(open[i], end[block[open[i]]]++);
        }
    }

    private void put(int state, int where) {
        members[where] = state;
        location[state] = where;
    }

    /** Looks at all open states by the names that all have now, and then takes blocks apart. */
    private void round() {
        SequenceIndex signatures = opened > FEW ? new SequenceIndex() : few;
        signatures.clear();
        int[] found = new int[opened];
        for (int i = 0; i < opened; i++) {
            step.run();
            int[] triples = transitions.get(open[i]);
            if (scratch.length <= triples.length) {
                scratch = new int[2 * triples.length];
            }
            int size = merged(triples, block, scratch);
            scratch[size] = block[open[i]];
            found[i] = signatures.add(scratch, size + 1);
        }
        int[] order = bySignature(found, signatures.size());
        opened = 0;
        for (int from = 0; from < order.length; ) {
            int b = block[open[order[from]]];
            int to = from;
            while (to < order.length && block[open[order[to]]] == b) {
                to++;
            }
            split(b, order, found, from, to);
            from = to;
        }
        int[] now = open;
        open = opening;
        opening = now;
        for (int i = 0; i < opened; i++) {
            isOpening[open[i]] = false;
        }
    }

    /** The open states, those of a block together, and in it those of a signature. Costs nothing for other states. */
    private int[] bySignature(int[] found, int signatures) {
        int[] from = new int[signatures + 1];
        for (int signature : found) {
            from[signature + 1]++;
        }
        for (int signature = 0; signature < signatures; signature++) {
            from[signature + 1] += from[signature];
        }
        int[] order = new int[found.length];
        for (int i = 0; i < found.length; i++) {
            order[from[found[i]]++] = i;
        }
        long[] sorted = new long[found.length];
        Arrays.setAll(sorted, at -> (long) block[open[order[at]]] << 32 | at);
        Arrays.sort(sorted);
        return Arrays.stream(sorted).mapToInt(key -> order[(int) key]).toArray();
    }

    /** Splits a block: its members that were not examined are still alike, and differ from all others. */
    private void split(int b, int[] order, int[] found, int from, int to) {
        int rest = end[b] - start[b] - (to - from);
        int largest = -1;
        int size = rest;
        for (int i = from; i < to; i = next(order, found, i, to)) {
            int group = next(order, found, i, to) - i;
            if (group > size) {
                largest = i;
                size = group;
            }
        }
        int first = blocks;
        for (int i = from; i < to; ) {
            int after = next(order, found, i, to);
            if (i != largest) {
                leave(b, order, i, after);
            }
            i = after;
        }
        if (largest >= 0 && rest > 0) {
            leave(b, order, largest, next(order, found, largest, to));
            exchange(b, blocks - 1);
        }
        for (int fresh = first; fresh < blocks; fresh++) {
            for (int i = start[fresh]; i < end[fresh]; i++) {
                open(members[i]);
            }
        }
    }

    private static int next(int[] order, int[] found, int from, int to) {
        int next = from + 1;
        while (next < to && found[order[next]] == found[order[from]]) {
            next++;
        }
        return next;
    }

    /** Makes a block of some open states that are in another one. */
    private void leave(int b, int[] order, int from, int to) {
        end[blocks] = end[b];
        for (int i = from; i < to; i++) {
            int state = open[order[i]];
            int last = --end[b];
            put(members[last], location[state]);
            put(state, last);
            block[state] = blocks;
        }
        start[blocks] = end[b];
        blocks++;
    }

    /** Gives each of two blocks the name of the other. */
    private void exchange(int one, int two) {
        int from = start[one];
        int to = end[one];
        start[one] = start[two];
        end[one] = end[two];
        start[two] = from;
        end[two] = to;
        for (int b : new int[] {one, two}) {
            for (int i = start[b]; i < end[b]; i++) {
                block[members[i]] = b;
            }
        }
    }

    /** Opens the predecessors of a state, which must be examined again. */
    private void open(int state) {
        for (int s = predecessors.from(state); s < predecessors.to(state); s++) {
            int source = predecessors.source(s);
            if (!isOpening[source]) {
                isOpening[source] = true;
                opening[opened++] = source;
            }
        }
    }

    /**
     * Transitions with targets renamed, dead ones (negative names) left out and neighbours joined.
     *
     * @param result takes them
     * @return how many integers they are
     */
    static int merged(int[] triples, int[] names, int[] result) {
        int size = 0;
        for (int i = 0; i < triples.length; i += 3) {
            int target = names[triples[i + 2]];
            if (target < 0) {
                continue;
            }
            if (size > 0 && result[size - 1] == target && result[size - 2] + 1 == triples[i]) {
                result[size - 2] = triples[i + 1];
            } else {
                result[size++] = triples[i];
                result[size++] = triples[i + 1];
                result[size++] = target;
            }
        }
        return size;
    }
}
