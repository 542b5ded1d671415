package dev.espalier.mask.canvas;

import java.util.Arrays;

/** Pairs of numbers that are not negative, first in, last out. One thread. */
final class PairList {

    private long[] items = new long[16];
    private int size;

    int size() {
        return size;
    }

    void add(int first, int second) {
        if (size == items.length) {
            items = Arrays.copyOf(items, 2 * size);
        }
        items[size++] = (long) first << 32 | second;
    }

    /** The first number of the last pair. */
    int first() {
        return (int) (items[size - 1] >> 32);
    }

    /** The second number of the last pair. */
    int second() {
        return (int) items[size - 1];
    }

    /** Takes the last pair away. */
    void remove() {
        size--;
    }

    void clear() {
        size = 0;
    }

    /** The pairs in order, each once: the first number in the upper half. */
    long[] toSorted() {
        long[] sorted = Arrays.copyOf(items, size);
        Arrays.sort(sorted);
        int n = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[n - 1]) {
                sorted[n++] = sorted[i];
            }
        }
        return Arrays.copyOf(sorted, n);
    }
}
