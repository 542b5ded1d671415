// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.collect;

import dev.espalier.core.oracle.FastPath;
import java.util.Arrays;

/** A growable list of pairs of integers that are not negative; the last one can be read and removed, as from a stack. One thread. */
@FastPath(oracle = "IntegersTest")
public final class PairList {

    private long[] items = new long[16];
    private int size;

    /** A list of no pairs. */
    public PairList() {}

    public int size() {
        return size;
    }

    public void add(int first, int second) {
        if (size == items.length) {
            items = Arrays.copyOf(items, 2 * size);
        }
        items[size++] = (long) first << 32 | second;
    }

    /** The first number of the last pair. */
    public int first() {
        return (int) (items[size - 1] >> 32);
    }

    /** The second number of the last pair. */
    public int second() {
        return (int) items[size - 1];
    }

    /** Removes the last pair. */
    public void remove() {
        size--;
    }

    public void clear() {
        size = 0;
    }

    /** The pairs in ascending order, each once: the first number in the upper half. */
    public long[] toSorted() {
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
