// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.collect;

import dev.espalier.core.oracle.FastPath;
import java.util.Arrays;

/**
 * An index of distinct integer arrays: numbers from 0 on, in the order in which the arrays come, and each array by its number. The arrays are
 * kept, not copied, and must not be modified; {@link SequenceIndex} copies its sequences and cannot return them. One thread.
 */
@FastPath(oracle = "IndexTest")
public final class IntArrayIndex {

    private static final int OVERHEAD = 40;

    private int[][] arrays = new int[16][];
    private int[] hashes = new int[16];
    private int[] table = new int[32];
    private int size;
    private long bytes;

    /** An index of no arrays. */
    public IntArrayIndex() {
        Arrays.fill(table, -1);
    }

    /** The number of arrays. */
    public int size() {
        return size;
    }

    /** The array of a number; not to be modified. */
    public int[] get(int number) {
        return arrays[number];
    }

    /** The number of an array, or -1. */
    public int find(int[] array) {
        return table[place(array, Hashing.of(array, array.length))];
    }

    /** The number of an array, which is {@link #size()} before the call if the array is new; it is then kept, not copied. */
    public int add(int[] array) {
        int hash = Hashing.of(array, array.length);
        int at = place(array, hash);
        if (table[at] >= 0) {
            return table[at];
        }
        if (size == arrays.length) {
            arrays = Arrays.copyOf(arrays, 2 * size);
            hashes = Arrays.copyOf(hashes, 2 * size);
        }
        arrays[size] = array;
        hashes[size] = hash;
        table[at] = size++;
        bytes += OVERHEAD + 4L * array.length;
        if (2 * size > table.length) {
            grow();
        }
        return size - 1;
    }

    private int place(int[] array, int hash) {
        int at = hash & table.length - 1;
        while (table[at] >= 0 && (hashes[table[at]] != hash || !Arrays.equals(arrays[table[at]], array))) {
            at = at + 1 & table.length - 1;
        }
        return at;
    }

    private void grow() {
        table = new int[2 * table.length];
        Arrays.fill(table, -1);
        for (int number = 0; number < size; number++) {
            int at = hashes[number] & table.length - 1;
            while (table[at] >= 0) {
                at = at + 1 & table.length - 1;
            }
            table[at] = number;
        }
    }

    /** Estimated bytes on the heap. */
    public long bytes() {
        return bytes;
    }
}
