package dev.espalier.mask.canvas;

import java.util.Arrays;

/** Numbers distinct arrays of ints from 0 on, in the order in which they come. The arrays are never modified. One thread. */
final class IntArrayIndex {

    private static final int OVERHEAD = 40;

    private int[][] arrays = new int[16][];
    private int[] hashes = new int[16];
    private int[] table = new int[32];
    private int size;
    private long bytes;

    IntArrayIndex() {
        Arrays.fill(table, -1);
    }

    int size() {
        return size;
    }

    int[] get(int number) {
        return arrays[number];
    }

    /** The number of an array, or -1. */
    int find(int[] array) {
        int hash = mix(Arrays.hashCode(array));
        int at = hash & table.length - 1;
        while (table[at] >= 0 && (hashes[table[at]] != hash || !Arrays.equals(arrays[table[at]], array))) {
            at = at + 1 & table.length - 1;
        }
        return table[at];
    }

    /** The number of an array, which is {@link #size()} before the call if the array is new; it is then kept, not copied. */
    int add(int[] array) {
        int hash = mix(Arrays.hashCode(array));
        int at = hash & table.length - 1;
        while (table[at] >= 0) {
            int number = table[at];
            if (hashes[number] == hash && Arrays.equals(arrays[number], array)) {
                return number;
            }
            at = at + 1 & table.length - 1;
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

    private static int mix(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ mixed >>> 15;
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
    long bytes() {
        return bytes;
    }
}
