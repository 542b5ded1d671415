// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.collect;

import dev.espalier.core.oracle.FastPath;
import java.util.Arrays;

/** A growable list of unboxed integers. One thread. */
@FastPath(oracle = "IntegersTest")
public final class IntList {

    private static final int[] EMPTY = {};

    private int[] items = EMPTY;
    private int size;

    /** A list of no integers. */
    public IntList() {}

    public int size() {
        return size;
    }

    public int get(int index) {
        return items[index];
    }

    public void set(int index, int item) {
        items[index] = item;
    }

    public void add(int item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, Math.max(4, 2 * size));
        }
        items[size++] = item;
    }

    /** Adds a number unless it is the last one. */
    public void addOther(int item) {
        if (size == 0 || items[size - 1] != item) {
            add(item);
        }
    }

    public void addAll(int[] source, int from, int to) {
        int added = to - from;
        if (size + added > items.length) {
            items = Arrays.copyOf(items, Math.max(size + added, 2 * size));
        }
        System.arraycopy(source, from, items, size, added);
        size += added;
    }

    public void clear() {
        size = 0;
    }

    /** Forgets all but the first integers. */
    public void truncate(int count) {
        size = Math.min(size, count);
    }

    public int[] toArray() {
        return Arrays.copyOf(items, size);
    }

    /** The numbers, sorted, each once. */
    public int[] toSet() {
        int[] sorted = toArray();
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
