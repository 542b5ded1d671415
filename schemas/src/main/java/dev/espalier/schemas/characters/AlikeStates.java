// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.state.Reach;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * A partition of the states of a {@link CharacterAutomaton} by texts up to a length (k-step equivalence): all positions far from the
 * bounds of {@code [a-z]{1,260}} are one class. States are alike at first if their outcomes are equal and every other outcome is as
 * much further off than the nearest one; for one character more they are alike if each character leads to states that are alike and, in
 * bytes, as much nearer to an outcome (Moore's refinement, one round for a character; a round looks only at what leads to a state that
 * the last one set apart).
 */
@FastPath(oracle = "AlikeStatesTest")
final class AlikeStates {

    private final CharacterAutomaton automaton;
    private final int[] distances;
    private final int[][] before;
    private final int[] classes;
    private final int[] sizes;
    /** By class, the signature of its states. */
    private final Signature[] signatures;

    private int size;

    /** The transitions of a state: first, last, class and change of the distance of each run of characters. */
    private record Signature(int[] runs) {

        static final Signature NONE = new Signature(new int[0]);

        @Override
        public boolean equals(Object other) {
            return other instanceof Signature that && Arrays.equals(runs, that.runs);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(runs);
        }
    }

    private AlikeStates(CharacterAutomaton automaton) {
        this.automaton = automaton;
        this.distances = distances(automaton, outcome -> outcome >= 0);
        this.before = before(automaton);
        this.classes = new int[automaton.states()];
        this.sizes = new int[automaton.states()];
        this.signatures = new Signature[automaton.states()];
    }

    /**
     * By state, its representative: the least state that texts of at most {@code characters} characters cannot distinguish from it.
     * Cost: about linear in the ranges for automata that count, at most that times the characters.
     */
    static int[] of(CharacterAutomaton automaton, int characters) {
        AlikeStates states = new AlikeStates(automaton);
        states.refine(characters);
        int[] least = new int[states.size];
        Arrays.fill(least, -1);
        int[] representatives = new int[automaton.states()];
        for (int state = 0; state < representatives.length; state++) {
            int in = states.classes[state];
            least[in] = least[in] < 0 ? state : least[in];
            representatives[state] = least[in];
        }
        return representatives;
    }

    /** By state, the bytes until a wanted outcome. */
    private static int[] distances(CharacterAutomaton automaton, IntPredicate wanted) {
        int[] distances = new int[automaton.states()];
        for (int state = 0; state < distances.length; state++) {
            distances[state] = wanted.test(automaton.outcome(state)) ? 0 : Integer.MAX_VALUE;
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int state = distances.length - 1; state >= 0; state--) {
                for (int r = automaton.rangeStart(state); r < automaton.rangeEnd(state); r++) {
                    int bytes = JsonCharacters.bytes(automaton.first(r), automaton.last(r));
                    int behind = distances[automaton.target(r)];
                    int onward = behind == Integer.MAX_VALUE ? behind : Reach.add(behind, bytes);
                    changed |= onward < distances[state];
                    distances[state] = Math.min(distances[state], onward);
                }
            }
        }
        return distances;
    }

    private static int[][] before(CharacterAutomaton automaton) {
        int[] counts = new int[automaton.states()];
        for (int r = 0; r < automaton.ranges(); r++) {
            counts[automaton.target(r)]++;
        }
        int[][] before = new int[counts.length][];
        for (int state = 0; state < counts.length; state++) {
            before[state] = new int[counts[state]];
        }
        for (int state = 0; state < counts.length; state++) {
            for (int r = automaton.rangeStart(state); r < automaton.rangeEnd(state); r++) {
                before[automaton.target(r)][--counts[automaton.target(r)]] = state;
            }
        }
        return before;
    }

    private void refine(int characters) {
        BitSet due = new BitSet();
        due.set(0, classes.length);
        Map<List<Integer>, List<Integer>> alike = new LinkedHashMap<>();
        int[][] further = further();
        for (int state = 0; state < classes.length; state++) {
            List<Integer> outcomes = new ArrayList<>(List.of(automaton.outcome(state)));
            for (int[] distance : further) {
                outcomes.add(distance[state]);
            }
            alike.computeIfAbsent(outcomes, each -> new ArrayList<>()).add(state);
        }
        alike.values().forEach(states -> set(states, size++, Signature.NONE));
        for (int round = 0; round < characters && !due.isEmpty(); round++) {
            due = refine(due);
        }
    }

    /** By outcome, if there are several, and state, how much further it is than the nearest outcome. */
    private int[][] further() {
        int most = -1;
        for (int state = 0; state < classes.length; state++) {
            most = Math.max(most, automaton.outcome(state));
        }
        int[][] further = new int[most <= 0 ? 0 : most + 1][];
        for (int each = 0; each < further.length; each++) {
            int wanted = each;
            further[each] = distances(automaton, outcome -> outcome == wanted);
            for (int state = 0; state < classes.length; state++) {
                further[each][state] -= further[each][state] == Integer.MAX_VALUE ? 0 : distances[state];
            }
        }
        return further;
    }

    private void set(List<Integer> states, int to, Signature signature) {
        states.forEach(state -> classes[state] = to);
        sizes[to] = states.size();
        signatures[to] = signature;
    }

    /**
     * One round of refinement: splits classes by some states that now differ. Returns the predecessors of the states whose class
     * changed.
     */
    private BitSet refine(BitSet due) {
        Map<Integer, Map<Signature, List<Integer>>> parts = new HashMap<>();
        due.stream()
                .forEach(state -> parts.computeIfAbsent(classes[state], in -> new HashMap<>())
                        .computeIfAbsent(signature(state), signature -> new ArrayList<>())
                        .add(state));
        BitSet next = new BitSet();
        parts.forEach((in, groups) -> split(in, groups, next));
        return next;
    }

    private void split(int in, Map<Signature, List<Integer>> groups, BitSet next) {
        int seen = groups.values().stream().mapToInt(List::size).sum();
        if (seen == sizes[in]) {
            signatures[in] = groups.entrySet().stream()
                    .max(Comparator.comparingInt(group -> group.getValue().size()))
                    .orElseThrow()
                    .getKey();
        }
        groups.forEach((signature, states) -> {
            if (!signature.equals(signatures[in])) {
                sizes[in] -= states.size();
                set(states, size++, signature);
                for (int state : states) {
                    for (int leading : before[state]) {
                        next.set(leading);
                    }
                }
            }
        });
    }

    private Signature signature(int state) {
        int[] runs = new int[4 * (automaton.rangeEnd(state) - automaton.rangeStart(state))];
        int size = 0;
        for (int r = automaton.rangeStart(state); r < automaton.rangeEnd(state); r++) {
            int to = classes[automaton.target(r)];
            int nearer = distances[automaton.target(r)] - distances[state];
            if (size > 0
                    && runs[size - 3] + 1 == automaton.first(r)
                    && runs[size - 2] == to
                    && runs[size - 1] == nearer) {
                runs[size - 3] = automaton.last(r);
                continue;
            }
            runs[size] = automaton.first(r);
            runs[size + 1] = automaton.last(r);
            runs[size + 2] = to;
            runs[size + 3] = nearer;
            size += 4;
        }
        return new Signature(Arrays.copyOf(runs, size));
    }
}
