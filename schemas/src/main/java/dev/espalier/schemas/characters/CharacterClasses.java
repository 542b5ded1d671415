// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.collect.IntArrayIndex;
import dev.espalier.core.collect.PairIndex;
import dev.espalier.core.oracle.FastPath;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Equivalence classes of characters that no state of some automata distinguishes (minterms): an alphabet of a few dozen symbols instead
 * of a million.
 */
@FastPath(oracle = "StringAlternativesTest")
public final class CharacterClasses {

    /** Intervals classified in a unit of work. */
    private static final int STARTS_A_UNIT = 32;

    /** The first code points of intervals that no transition ends inside of, ascending; the surrogates are one of them. */
    private final int[] starts;

    /** The class of each interval; -1 for the surrogates. */
    private final int[] classes;

    /** A code point of each class. */
    private final int[] members;

    private CharacterClasses(int[] starts, int[] classes) {
        this.starts = starts;
        this.classes = classes;
        this.members = new int[Arrays.stream(classes).max().orElse(-1) + 1];
        for (int i = 0; i < classes.length; i++) {
            if (classes[i] >= 0) {
                members[classes[i]] = starts[i];
            }
        }
    }

    /** The classes that some automata need. */
    public static CharacterClasses of(List<CharacterAutomaton> automata, WorkBudget budget) {
        automata.forEach(automaton -> budget.spend(automaton.ranges() / STARTS_A_UNIT));
        int[] starts = automata.stream()
                .flatMapToInt(automaton -> IntStream.range(0, automaton.ranges())
                        .flatMap(range -> IntStream.of(automaton.first(range), automaton.last(range) + 1)))
                .filter(start -> start <= Character.MAX_CODE_POINT)
                .distinct()
                .toArray();
        starts = IntStream.concat(Arrays.stream(starts), IntStream.of(0, 0xD800, 0xE000))
                .sorted()
                .distinct()
                .toArray();
        int[] classes = new int[starts.length];
        classes[Arrays.binarySearch(starts, 0xD800)] = -1;
        IntArrayIndex seen = new IntArrayIndex();
        for (CharacterAutomaton automaton : automata) {
            for (int state = 0; state < automaton.states(); state++) {
                budget.step();
                int known = seen.size();
                if (seen.add(shape(automaton, state)) == known) {
                    budget.spend(starts.length / STARTS_A_UNIT);
                    refine(automaton, state, starts, classes);
                    budget.allocate(4L * starts.length);
                }
            }
        }
        return new CharacterClasses(starts, classes);
    }

    /** The ranges of a state, with names for their targets that show only which are equal. */
    private static int[] shape(CharacterAutomaton automaton, int state) {
        int from = automaton.rangeStart(state);
        int[] shape = new int[3 * (automaton.rangeEnd(state) - from)];
        Map<Integer, Integer> names = new HashMap<>();
        for (int i = 0; i < shape.length; i += 3) {
            int range = from + i / 3;
            shape[i] = automaton.first(range);
            shape[i + 1] = automaton.last(range);
            shape[i + 2] = names.computeIfAbsent(automaton.target(range), target -> names.size());
        }
        return shape;
    }

    /** Refines the classes by the transitions of a state. */
    private static void refine(CharacterAutomaton automaton, int state, int[] starts, int[] classes) {
        PairIndex names = new PairIndex();
        int range = automaton.rangeStart(state);
        for (int i = 0; i < starts.length; i++) {
            while (range < automaton.rangeEnd(state) && automaton.last(range) < starts[i]) {
                range++;
            }
            boolean inside = range < automaton.rangeEnd(state) && automaton.first(range) <= starts[i];
            if (classes[i] >= 0) {
                classes[i] = names.add(classes[i], inside ? automaton.target(range) : CharacterAutomaton.NONE);
            }
        }
    }

    /** The number of classes. */
    public int count() {
        return members.length;
    }

    /** A character of a class. */
    int member(int number) {
        return members[number];
    }

    /** A row of targets by class as ranges: first, last and target in turn; negative targets left out. */
    int[] ranges(int[] targets, int from) {
        int[] triples = new int[3 * starts.length];
        int size = 0;
        for (int i = 0; i < starts.length; i++) {
            int target = classes[i] < 0 ? CharacterAutomaton.NONE : targets[from + classes[i]];
            int last = i + 1 < starts.length ? starts[i + 1] - 1 : Character.MAX_CODE_POINT;
            if (target < 0) {
                continue;
            }
            if (size > 0 && triples[size - 1] == target && triples[size - 2] + 1 == starts[i]) {
                triples[size - 2] = last;
            } else {
                triples[size++] = starts[i];
                triples[size++] = last;
                triples[size++] = target;
            }
        }
        return Arrays.copyOf(triples, size);
    }
}
