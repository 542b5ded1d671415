// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder.model;

import dev.espalier.core.collect.IntList;
import dev.espalier.core.oracle.FastPath;
import java.util.Arrays;

/**
 * The symbols of one word while they are merged: a list with links, and a heap of the pairs that can merge, by rank and then from left to right. A word
 * of n symbols takes O(n log n). One thread; keeps the memory of the longest word.
 */
@FastPath(oracle = "MergerTest")
final class Merger {

    private static final int GONE = -1;

    private int[] symbols = new int[32];
    private int[] nexts = new int[32];
    private int[] previous = new int[32];
    private int size;

    /** Pairs that could merge when they were added: the rank in the upper half, the index of the left symbol in the lower. */
    private long[] heap = new long[32];

    private int waiting;

    void clear() {
        size = 0;
        waiting = 0;
    }

    void add(int symbol) {
        if (size == symbols.length) {
            symbols = Arrays.copyOf(symbols, 2 * size);
            nexts = Arrays.copyOf(nexts, 2 * size);
            previous = Arrays.copyOf(previous, 2 * size);
        }
        symbols[size] = symbol;
        nexts[size] = size + 1;
        previous[size] = size - 1;
        size++;
    }

    /** Merges until no pair is left that a table has. */
    void merge(MergeTable table) {
        for (int at = 0; at + 1 < size; at++) {
            push(table, at);
        }
        while (waiting > 0) {
            long first = pop();
            int at = (int) first;
            int right = symbols[at] == GONE ? size : nexts[at];
            int merge = right == size ? -1 : table.find(symbols[at], symbols[right]);
            if (merge < 0 || table.rank(merge) != first >> 32) {
                continue; // one of the two has merged since
            }
            symbols[at] = table.result(merge);
            symbols[right] = GONE;
            nexts[at] = nexts[right];
            if (nexts[at] < size) {
                previous[nexts[at]] = at;
                push(table, at);
            }
            if (previous[at] >= 0) {
                push(table, previous[at]);
            }
        }
    }

    /** Adds what the symbols have become to a list. */
    void write(SymbolReader reader, IntList tokens) {
        for (int at = 0; at < size; at = nexts[at]) {
            reader.write(symbols[at], tokens);
        }
    }

    private void push(MergeTable table, int left) {
        int merge = table.find(symbols[left], symbols[nexts[left]]);
        if (merge < 0) {
            return;
        }
        if (waiting == heap.length) {
            heap = Arrays.copyOf(heap, 2 * waiting);
        }
        long item = (long) table.rank(merge) << 32 | left;
        int at = waiting++;
        while (at > 0 && heap[(at - 1) >> 1] > item) {
            heap[at] = heap[(at - 1) >> 1];
            at = (at - 1) >> 1;
        }
        heap[at] = item;
    }

    private long pop() {
        long first = heap[0];
        long item = heap[--waiting];
        int at = 0;
        for (int child = 1; child < waiting; child = 2 * at + 1) {
            child += child + 1 < waiting && heap[child + 1] < heap[child] ? 1 : 0;
            if (heap[child] >= item) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = item;
        return first;
    }
}
