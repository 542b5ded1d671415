// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.collect;

import dev.espalier.core.oracle.FastPath;
import java.util.Arrays;

/** An index of distinct pairs of integers: numbers from 0 on, in the order in which the pairs come. Open addressing. One thread. */
@FastPath(oracle = "IndexTest")
public final class PairIndex {

    private long[] keys = new long[8];
    private int[] table = new int[16];
    private int size;

    /** An index of no pairs. */
    public PairIndex() {
        Arrays.fill(table, -1);
    }

    public int size() {
        return size;
    }

    public int first(int number) {
        return (int) (keys[number] >>> 32);
    }

    public int second(int number) {
        return (int) keys[number];
    }

    /** The number of a pair, which is {@link #size()} before the call if the pair is new. */
    public int add(int first, int second) {
        long key = key(first, second);
        int at = place(key);
        if (table[at] >= 0) {
            return table[at];
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
        }
        keys[size] = key;
        table[at] = size++;
        if (2 * size > table.length) {
            grow();
        }
        return size - 1;
    }

    /** The number of a pair, or -1. */
    public int find(int first, int second) {
        return table[place(key(first, second))];
    }

    private static long key(int first, int second) {
        return (long) first << 32 | (second & 0xffffffffL);
    }

    private int place(long key) {
        long mixed = (key ^ key >>> 32) * 0x9E3779B97F4A7C15L;
        int mask = table.length - 1;
        int at = (int) (mixed >>> 40 ^ mixed >>> 20) & mask;
        while (table[at] >= 0 && keys[table[at]] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        table = new int[2 * table.length];
        Arrays.fill(table, -1);
        for (int number = 0; number < size; number++) {
            table[place(keys[number])] = number;
        }
    }
}
