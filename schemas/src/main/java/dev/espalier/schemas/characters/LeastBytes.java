// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.work.Deadline;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.IntBinaryOperator;
import java.util.function.IntPredicate;

/**
 * The lengths in bytes of the shortest texts with an outcome, or with any of some, from each state of an automaton. Guarded by the
 * language's lock.
 */
@FastPath(oracle = "LeastBytesTest")
public final class LeastBytes {

    /** The total size of cached tables, in numbers. */
    private static final int MAX_KEPT = 1 << 18;

    /** Ranges visited in about a microsecond. */
    private static final int RANGES_A_UNIT = 32;

    /** The cost of a state beside its ranges. */
    private static final int STEPS_A_STATE = 2;

    /** Ranges visited in a step. */
    private static final int RANGES_A_STEP = 4;

    private final CharacterAutomaton automaton;
    private final IntBinaryOperator cost;
    private final Deadline deadline;
    private final Map<Integer, int[]> kept = new HashMap<>();
    /** By range the state that it leads from; by state where the ranges that lead to it begin; those. Made when they are asked for. */
    private int[] sources = {};

    private int[] into = {};
    private int[] ranges = {};

    /** A state and the bytes on the way to it, or from it; the fewest first. */
    public record At(int bytes, int state) implements Comparable<At> {
        @Override
        public int compareTo(At other) {
            return Integer.compare(bytes, other.bytes);
        }
    }

    /** Lengths of what stands in JSON strings. */
    public LeastBytes(CharacterAutomaton automaton, Deadline deadline) {
        this(automaton, JsonCharacters::bytes, deadline);
    }

    /**
     * Lengths of other spellings.
     *
     * @param cost the fewest bytes that spell some character from one to another
     */
    public LeastBytes(CharacterAutomaton automaton, IntBinaryOperator cost, Deadline deadline) {
        this.automaton = automaton;
        this.cost = cost;
        this.deadline = deadline;
    }

    /** By state the bytes; {@link Integer#MAX_VALUE} where there is no text. Shared. */
    public int[] of(int outcome) {
        int[] known = kept.get(outcome);
        if (known == null) {
            known = find(one -> one == outcome).bytes;
            if ((kept.size() + 1L) * known.length > MAX_KEPT) {
                kept.clear();
            }
            kept.put(outcome, known);
        }
        return known;
    }

    /**
     * Shortest ways.
     *
     * @param bytes by state those of the shortest text; {@link Integer#MAX_VALUE} where there is none
     * @param ranges by state the range with which that begins; -1 where it is empty, or there is none
     */
    public record Ways(int[] bytes, int[] ranges) {}

    /** The shortest ways to states with some outcomes. */
    public Ways find(IntPredicate outcomes) {
        if (into.length == 0) {
            turnRanges();
        }
        int[] bytes = new int[automaton.states()];
        int[] first = new int[bytes.length];
        Arrays.fill(first, -1);
        for (int state = 0; state < bytes.length; state++) {
            boolean isThere = automaton.outcome(state) >= 0 && outcomes.test(automaton.outcome(state));
            bytes[state] = isThere ? 0 : Integer.MAX_VALUE;
        }
        deadline.spend(1 + bytes.length / RANGES_A_UNIT);
        PriorityQueue<At> open = new PriorityQueue<>();
        for (int state = 0; state < bytes.length; state++) {
            if (bytes[state] == 0) {
                relax(new At(0, state), bytes, first, open);
            }
        }
        while (!open.isEmpty()) {
            At at = open.remove();
            if (at.bytes == bytes[at.state]) {
                relax(at, bytes, first, open);
            }
        }
        return new Ways(bytes, first);
    }

    /** Shortens the ways of all states that lead to one whose own way is known. */
    private void relax(At at, int[] bytes, int[] first, PriorityQueue<At> open) {
        deadline.spendSteps(STEPS_A_STATE + (into[at.state + 1] - into[at.state]) / RANGES_A_STEP);
        for (int i = into[at.state]; i < into[at.state + 1]; i++) {
            int range = ranges[i];
            int sum = at.bytes + cost.applyAsInt(automaton.first(range), automaton.last(range));
            if (sum < bytes[sources[range]]) {
                bytes[sources[range]] = sum;
                first[sources[range]] = range;
                open.add(new At(sum, sources[range]));
            }
        }
    }

    private void turnRanges() {
        int states = automaton.states();
        int count = automaton.rangeEnd(states - 1);
        deadline.spend(1 + count / RANGES_A_UNIT);
        sources = new int[count];
        ranges = new int[count];
        int[] starts = new int[states + 1];
        for (int state = 0; state < states; state++) {
            Arrays.fill(sources, automaton.rangeStart(state), automaton.rangeEnd(state), state);
        }
        for (int range = 0; range < count; range++) {
            starts[automaton.target(range) + 1]++;
        }
        for (int state = 0; state < states; state++) {
            starts[state + 1] += starts[state];
        }
        int[] fill = starts.clone();
        for (int range = 0; range < count; range++) {
            ranges[fill[automaton.target(range)]++] = range;
        }
        into = starts;
    }
}
