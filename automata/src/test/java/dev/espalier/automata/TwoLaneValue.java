// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata;

import dev.espalier.automata.state.State;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Two recursive schemas that read the same text in lock step. A value is {@code x}, {@code y} or a list
 * {@code [v,v,…]}. Lane A holds for {@code x} and for lists of values in A. Lane B holds for {@code x}, {@code y} and for
 * lists of exactly two values in B. A result is the vector of verdicts (bit 0: A, bit 1: B); the goal, a set of vectors,
 * is part of every state.
 */
public final class TwoLaneValue {

    private static final int VECTORS = 4;

    private TwoLaneValue() {}

    /** What a list has shown so far, as far as the two lanes care. */
    private record Seen(boolean allInA, boolean allInB, int items) {

        static final Seen NOTHING = new Seen(true, true, 0);

        Seen with(int vector) {
            return new Seen(allInA && (vector & 1) != 0, allInB && (vector & 2) != 0, Math.min(3, items + 1));
        }

        int verdict() {
            return (allInA ? 1 : 0) | (allInB && items == 2 ? 2 : 0);
        }
    }

    /** Vectors that some value has: a least fixpoint, since lists hold values. */
    private static final Set<Integer> POSSIBLE = possible();

    private static Set<Integer> possible() {
        Set<Integer> found = new HashSet<>(Set.of(3, 2));
        int before;
        do {
            before = found.size();
            Set<Integer> lists = new HashSet<>();
            reachable(Seen.NOTHING, found, new HashSet<>(), lists);
            found.addAll(lists);
        } while (found.size() != before);
        return found;
    }

    private static void reachable(Seen seen, Set<Integer> children, Set<Seen> met, Set<Integer> verdicts) {
        if (met.add(seen)) {
            verdicts.add(seen.verdict());
            children.forEach(child -> reachable(seen.with(child), children, met, verdicts));
        }
    }

    private static int goalBits(int[] vectors) {
        int bits = 0;
        for (int vector : vectors) {
            bits |= 1 << vector;
        }
        return bits;
    }

    private static int[] vectors(int goalBits) {
        int[] vectors = new int[VECTORS];
        int size = 0;
        for (int vector = 0; vector < VECTORS; vector++) {
            if ((goalBits & (1 << vector)) != 0 && POSSIBLE.contains(vector)) {
                vectors[size++] = vector;
            }
        }
        return Arrays.copyOf(vectors, size);
    }

    /** The start state of a value whose verdicts must be one of some vectors. */
    public static State start(int... goal) {
        return new Start(goalBits(vectors(goalBits(goal))));
    }

    /** Nothing read of the value yet. */
    private record Start(int goalBits) implements State {

        @Override
        public void moves(int symbol, Moves moves) {
            if ((symbol == 'x' || symbol == 'y') && (goalBits & (1 << (symbol == 'x' ? 3 : 2))) != 0) {
                moves.stay(new Done(symbol == 'x' ? 3 : 2));
            } else if (symbol == '[' && ListState.isViable(Seen.NOTHING, goalBits)) {
                moves.stay(new ListState(goalBits, Seen.NOTHING, false));
            }
        }

        @Override
        public int[] results() {
            return NO_RESULTS;
        }

        @Override
        public void resume(int result, Moves moves) {}

        @Override
        public int[] goal() {
            return vectors(goalBits);
        }

        @Override
        public int distance(int result) {
            return (goalBits & (1 << result)) == 0 ? Integer.MAX_VALUE : Shortest.value(result);
        }
    }

    /** The value was read; the verdicts go to the caller. */
    private record Done(int vector) implements State {

        @Override
        public void moves(int symbol, Moves moves) {}

        @Override
        public int[] results() {
            return new int[] {vector};
        }

        @Override
        public void resume(int result, Moves moves) {}

        @Override
        public int[] goal() {
            return results();
        }

        @Override
        public int distance(int result) {
            return result == vector ? 0 : Integer.MAX_VALUE;
        }
    }

    /** Inside a list: after the opening bracket or an item, or ({@code itemNext}) after a comma. */
    private record ListState(int goalBits, Seen seen, boolean itemNext) implements State {

        static boolean isViable(Seen seen, int goalBits) {
            Set<Integer> verdicts = new HashSet<>();
            reachable(seen, POSSIBLE, new HashSet<>(), verdicts);
            return verdicts.stream().anyMatch(verdict -> (goalBits & (1 << verdict)) != 0);
        }

        private int childGoal() {
            int goal = 0;
            for (int vector : POSSIBLE) {
                goal |= isViable(seen.with(vector), goalBits) ? 1 << vector : 0;
            }
            return goal;
        }

        @Override
        public void moves(int symbol, Moves moves) {
            int childGoal = childGoal();
            if (symbol == ',' && seen.items > 0 && !itemNext && childGoal != 0) {
                moves.stay(new ListState(goalBits, seen, true));
            } else if (symbol == ']' && !itemNext && (goalBits & (1 << seen.verdict())) != 0) {
                moves.stay(new Done(seen.verdict()));
            } else if (symbol != ',' && symbol != ']' && (itemNext || seen.items == 0) && childGoal != 0) {
                moves.push(new Start(childGoal), new ListState(goalBits, seen, true));
            }
        }

        @Override
        public int[] results() {
            return NO_RESULTS;
        }

        @Override
        public void resume(int result, Moves moves) {
            if (isViable(seen.with(result), goalBits)) {
                moves.stay(new ListState(goalBits, seen.with(result), false));
            }
        }

        @Override
        public int[] goal() {
            return Arrays.stream(vectors(goalBits))
                    .filter(vector -> Shortest.list(seen, itemNext, vector) < Integer.MAX_VALUE)
                    .toArray();
        }

        @Override
        public int distance(int result) {
            return (goalBits & (1 << result)) == 0 ? Integer.MAX_VALUE : Shortest.list(seen, itemNext, result);
        }
    }

    /** Shortest texts, by relaxation until nothing changes. */
    private static final class Shortest {

        private static final int[] VALUE = values();

        static int value(int vector) {
            return VALUE[vector];
        }

        private static int[] values() {
            int[] best = new int[VECTORS];
            Arrays.fill(best, Integer.MAX_VALUE);
            best[3] = 1;
            best[2] = 1;
            for (int round = 0; round < 20; round++) {
                for (int vector = 0; vector < VECTORS; vector++) {
                    int list = list(Seen.NOTHING, false, vector, best, 6);
                    best[vector] = list == Integer.MAX_VALUE ? best[vector] : Math.min(best[vector], list + 1);
                }
            }
            return best;
        }

        static int list(Seen seen, boolean itemNext, int vector) {
            return list(seen, itemNext, vector, VALUE, 6);
        }

        private static int list(Seen seen, boolean itemNext, int vector, int[] values, int depth) {
            int best = !itemNext && seen.verdict() == vector ? 1 : Integer.MAX_VALUE;
            if (depth == 0) {
                return best;
            }
            int comma = itemNext || seen.items == 0 ? 0 : 1;
            for (int child = 0; child < VECTORS; child++) {
                if (values[child] < Integer.MAX_VALUE) {
                    int rest = list(seen.with(child), false, vector, values, depth - 1);
                    if (rest < Integer.MAX_VALUE) {
                        best = Math.min(best, comma + values[child] + rest);
                    }
                }
            }
            return best;
        }
    }

    /** The verdicts of a text, decided apart from the frame; -1 when it is not a value. */
    static int verdicts(String text) {
        int[] at = {0};
        int vector = parse(text, at);
        return at[0] == text.length() ? vector : -1;
    }

    private static int parse(String text, int[] at) {
        if (at[0] >= text.length()) {
            at[0] = Integer.MAX_VALUE;
            return -1;
        }
        char first = text.charAt(at[0]++);
        if (first == 'x' || first == 'y') {
            return first == 'x' ? 3 : 2;
        }
        if (first != '[') {
            at[0] = Integer.MAX_VALUE;
            return -1;
        }
        boolean allInA = true;
        boolean allInB = true;
        int items = 0;
        if (at[0] < text.length() && text.charAt(at[0]) == ']') {
            at[0]++;
            return 1;
        }
        while (true) {
            int child = parse(text, at);
            if (child < 0 || at[0] >= text.length()) {
                at[0] = Integer.MAX_VALUE;
                return -1;
            }
            allInA &= (child & 1) != 0;
            allInB &= (child & 2) != 0;
            items++;
            char next = text.charAt(at[0]++);
            if (next == ']') {
                return (allInA ? 1 : 0) | (allInB && items == 2 ? 2 : 0);
            } else if (next != ',') {
                at[0] = Integer.MAX_VALUE;
                return -1;
            }
        }
    }
}
