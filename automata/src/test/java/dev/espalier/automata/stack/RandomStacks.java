// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

import dev.espalier.automata.state.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Frames of some results by chance, and sets of stacks of them that share what lies below; a few of them are packed. */
@org.jspecify.annotations.NullUnmarked
final class RandomStacks {

    static final int RESULTS = 3;
    private static final int ROWS = 8;

    private final Random random;
    private final int[][] distances = new int[ROWS][RESULTS];
    private final int[][][] resumed = new int[ROWS][RESULTS][];
    private final List<StackSet> sets = new ArrayList<>(List.of(StackSet.BOTTOM));
    private final List<Integer> depths = new ArrayList<>(List.of(0));

    /** A state of the frames: what it may end with, how far that is, and where it goes on. */
    record Row(RandomStacks frames, int number) implements State {

        @Override
        public void moves(int symbol, Moves moves) {}

        @Override
        public int[] results() {
            return where(0, 0);
        }

        @Override
        public void resume(int result, Moves moves) {
            for (int next : frames.resumed[number][result]) {
                moves.stay(new Row(frames, next));
            }
        }

        @Override
        public int[] goal() {
            return where(0, Integer.MAX_VALUE - 1);
        }

        private int[] where(int least, int most) {
            return IntStream.range(0, RESULTS)
                    .filter(result -> distance(result) >= least && distance(result) <= most)
                    .toArray();
        }

        @Override
        public int distance(int result) {
            return frames.distances[number][result];
        }

        /** The states in which it goes on. */
        List<State> after(int result) {
            return Arrays.stream(frames.resumed[number][result])
                    .mapToObj(next -> (State) new Row(frames, next))
                    .toList();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Row row && row.frames == frames && row.number == number;
        }

        @Override
        public int hashCode() {
            return 31 * (number >> 1) + 7; // two have the same
        }
    }

    /** Sets of stacks of up to so many states, one above the other. */
    RandomStacks(Random random, int count, int deepest) {
        this.random = random;
        for (int row = 0; row < ROWS; row++) {
            for (int result = 0; result < RESULTS; result++) {
                int kind = random.nextInt(5);
                distances[row][result] =
                        kind < 2 ? 0 : kind < 4 ? 1 + random.nextInt(9) : result == 0 ? 40 : Integer.MAX_VALUE;
                resumed[row][result] =
                        random.ints(random.nextInt(3), 0, ROWS).distinct().toArray();
            }
        }
        while (sets.size() < count) {
            int depth = 1 + random.nextInt(deepest);
            StackSet set = random.nextInt(4) == 0 ? packed(depth) : plain(depth);
            if (set.hasStates()) {
                sets.add(set);
                depths.add(depth);
            }
        }
    }

    private StackSet plain(int depth) {
        int[] tops = random.ints(1 + random.nextInt(3), 0, ROWS).distinct().toArray();
        State[] states = new State[tops.length];
        StackSet[] belows = new StackSet[tops.length];
        for (int i = 0; i < tops.length; i++) {
            states[i] = new Row(this, tops[i]);
            belows[i] = known(depth);
        }
        return new StackSet(states, belows, random.nextInt(6) == 0);
    }

    private StackSet packed(int depth) {
        StackPacking packing = new StackPacking();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            packing.add(known(depth + 1));
        }
        return packing.toSet();
    }

    /** One of the sets so far whose stacks are less deep, rather a late one. */
    private StackSet known(int depth) {
        for (int tries = 0; tries < 20; tries++) {
            int at = random.nextBoolean() ? random.nextInt(sets.size()) : sets.size() - 1;
            if (depths.get(at) < depth) {
                return sets.get(at);
            }
        }
        return StackSet.BOTTOM;
    }

    /** All sets that have a state. */
    List<StackSet> sets() {
        return sets.subList(1, sets.size());
    }

    /** A set of the same stacks that is another object: entries in another order, and what lies below made anew or not. */
    StackSet again(StackSet set) {
        if (set.isPacked() || set == StackSet.BOTTOM || random.nextInt(4) == 0) {
            return set;
        }
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, set.size()).boxed().toList());
        Collections.shuffle(order, random);
        return new StackSet(
                order.stream().map(set::top).toArray(State[]::new),
                order.stream().map(entry -> again(set.below(entry))).toArray(StackSet[]::new),
                set.containsEmpty);
    }

    /** All stacks of a set, each from the top down. */
    static Set<List<State>> stacks(StackSet set) {
        Set<List<State>> stacks = new LinkedHashSet<>();
        for (StackSet part : set.parts()) {
            if (part.containsEmpty) {
                stacks.add(List.of());
            }
            for (int i = 0; i < part.size(); i++) {
                for (List<State> below : stacks(part.below(i))) {
                    List<State> stack = new ArrayList<>(List.of(part.top(i)));
                    stack.addAll(below);
                    stacks.add(stack);
                }
            }
        }
        return stacks;
    }
}
