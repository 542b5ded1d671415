// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.budget;

import dev.espalier.core.collect.Hashing;
import dev.espalier.core.oracle.FastPath;
import java.util.Arrays;

/**
 * The open and the visited sets of one best-first search, by number (never 0), with the cost of the path to each. Among equally good
 * ones the last added comes first. One thread.
 */
@FastPath(oracle = "LevelSearchTest")
final class LevelSearch {

    /** Receives a number and the cost of the path to it. */
    interface Each {
        void visit(int number, int spent);
    }

    /** The number of levels; all higher ones are treated as one. */
    private static final int MOST_LEVELS = 1 << 16;

    private int[] numbers = new int[64];
    private int[] spent = new int[64];
    private int[] befores = new int[64];
    private boolean[] taken = new boolean[64];
    private int size;
    /** By level, a stack of numbers. */
    private int[][] levels = new int[16][];

    private int[] levelSizes = new int[16];
    private int lowest;

    /** Forgets everything. */
    void begin() {
        Arrays.fill(numbers, 0);
        Arrays.fill(levelSizes, 0);
        size = 0;
        lowest = 0;
    }

    /** Adds a number, unless it is there at no higher cost. */
    void add(int number, int before, int newSpent, int level) {
        int at = find(number);
        if (numbers[at] == 0) {
            if (2 * size >= numbers.length) {
                grow();
                at = find(number);
            }
            numbers[at] = number;
            size++;
        } else if (spent[at] <= newSpent) {
            return;
        }
        spent[at] = newSpent;
        befores[at] = before;
        taken[at] = false;
        push(number, Math.min(level, MOST_LEVELS));
    }

    private void push(int number, int level) {
        if (level >= levels.length) {
            int capacity = Math.max(level + 1, 2 * levels.length);
            levels = Arrays.copyOf(levels, capacity);
            levelSizes = Arrays.copyOf(levelSizes, capacity);
        }
        int[] stack = levels[level];
        if (stack == null) {
            stack = new int[8];
        } else if (levelSizes[level] == stack.length) {
            stack = Arrays.copyOf(stack, 2 * stack.length);
        }
        levels[level] = stack;
        stack[levelSizes[level]++] = number;
        lowest = Math.min(lowest, level);
    }

    /** Takes a number of the lowest level, at most one; 0 if there is none. */
    int take(int most) {
        while (lowest <= most && lowest < levels.length) {
            if (levelSizes[lowest] == 0) {
                lowest++;
                continue;
            }
            int number = levels[lowest][--levelSizes[lowest]];
            int at = find(number);
            if (!taken[at]) {
                taken[at] = true;
                return number;
            }
        }
        return 0;
    }

    /** The cost of the path to a number. */
    int spent(int number) {
        return spent[find(number)];
    }

    /** The predecessor of a number on the path to it; 0 at the start. */
    int before(int number) {
        return befores[find(number)];
    }

    /** Visits all numbers that were added. */
    void each(Each visitor) {
        for (int at = 0; at < numbers.length; at++) {
            if (numbers[at] != 0) {
                visitor.visit(numbers[at], spent[at]);
            }
        }
    }

    private int find(int number) {
        int mask = numbers.length - 1;
        int at = Hashing.spread(number) & mask;
        while (numbers[at] != 0 && numbers[at] != number) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        int[] oldNumbers = numbers;
        int[] oldSpent = spent;
        int[] oldBefores = befores;
        boolean[] oldTaken = taken;
        int capacity = 2 * oldNumbers.length;
        numbers = new int[capacity];
        spent = new int[capacity];
        befores = new int[capacity];
        taken = new boolean[capacity];
        for (int i = 0; i < oldNumbers.length; i++) {
            if (oldNumbers[i] != 0) {
                int at = find(oldNumbers[i]);
                numbers[at] = oldNumbers[i];
                spent[at] = oldSpent[i];
                befores[at] = oldBefores[i];
                taken[at] = oldTaken[i];
            }
        }
    }
}
