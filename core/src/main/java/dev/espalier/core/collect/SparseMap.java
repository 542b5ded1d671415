// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.collect;

import dev.espalier.core.oracle.FastPath;
import java.util.Arrays;

/**
 * A map from some of the keys 0, 1, 2 and so on to integers, cleared in time linear in its keys, whatever the largest key (after the sparse
 * sets of Briggs and Torczon 1993). One thread.
 */
@FastPath(oracle = "IntegersTest")
public final class SparseMap {

    private final int absent;
    private int[] values = {};
    private final IntList keys = new IntList();
    private boolean[] present = {};

    /**
     * A map of no keys.
     *
     * @param absent the value of keys that have none
     */
    public SparseMap(int absent) {
        this.absent = absent;
    }

    public int get(int key) {
        return key < values.length && present[key] ? values[key] : absent;
    }

    public boolean has(int key) {
        return key < values.length && present[key];
    }

    public void put(int key, int value) {
        if (key >= values.length) {
            int capacity = Math.max(key + 1, 2 * values.length);
            values = Arrays.copyOf(values, capacity);
            present = Arrays.copyOf(present, capacity);
        }
        if (!present[key]) {
            present[key] = true;
            keys.add(key);
        }
        values[key] = value;
    }

    /** The keys that have a value, in the order in which they got one. */
    public IntList keys() {
        return keys;
    }

    public void clear() {
        for (int i = 0; i < keys.size(); i++) {
            present[keys.get(i)] = false;
        }
        keys.clear();
    }
}
