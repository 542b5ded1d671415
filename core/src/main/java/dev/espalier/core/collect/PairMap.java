// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.collect;

import dev.espalier.core.oracle.FastPath;

/** A map from pairs of integers to integers, none of them negative. Open addressing, each value beside its key. One thread. */
@FastPath(oracle = "IntegersTest")
public final class PairMap {

    private static final long ENTRY_BYTES = 48;

    /** Keys and values alternately, each key plus one, so that 0 is no key. */
    private long[] table;

    private int size;

    /** A map of no pairs. */
    public PairMap() {
        this(0);
    }

    /** A map of no pairs, with room for some. */
    public PairMap(int room) {
        table = new long[Math.max(32, Integer.highestOneBit(Math.min(room, 1 << 26)) << 3)];
    }

    /** The value of a pair, or -1. */
    public int get(int first, int second) {
        int at = place(key(first, second));
        return table[at] == 0 ? -1 : (int) table[at + 1];
    }

    public void put(int first, int second, int number) {
        long key = key(first, second);
        int at = place(key);
        if (table[at] == 0) {
            size++;
        }
        table[at] = key;
        table[at + 1] = number;
        if (4 * size > table.length) {
            grow();
        }
    }

    public int size() {
        return size;
    }

    /** Estimated bytes on the heap. */
    public long bytes() {
        return ENTRY_BYTES * size;
    }

    private static long key(int first, int second) {
        return ((long) first << 32 | second) + 1;
    }

    private int place(long key) {
        long mixed = (key ^ key >>> 29) * 0x9E3779B97F4A7C15L;
        int mask = table.length - 1;
        int at = (int) (mixed >>> 31) << 1 & mask;
        while (table[at] != 0 && table[at] != key) {
            at = at + 2 & mask;
        }
        return at;
    }

    private void grow() {
        long[] old = table;
        table = new long[2 * old.length];
        for (int i = 0; i < old.length; i += 2) {
            if (old[i] != 0) {
                int at = place(old[i]);
                table[at] = old[i];
                table[at + 1] = old[i + 1];
            }
        }
    }
}
