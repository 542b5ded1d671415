// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.collect;

import dev.espalier.core.oracle.FastPath;
import java.util.Arrays;

/** An index of distinct triples of integers: numbers from 0 on, in the order in which the triples come. Open addressing. One thread. */
@FastPath(oracle = "IndexTest")
public final class TripleIndex {

    private int[] content = new int[3 * 64];
    private int[] table = new int[256];
    private int size;

    /** An index of no triples. */
    public TripleIndex() {
        Arrays.fill(table, -1);
    }

    /** The number of a triple, which is {@link #size()} before the call if it is new. */
    public int add(int first, int second, int third) {
        int slot = slot(first, second, third);
        if (table[slot] >= 0) {
            return table[slot];
        }
        if (3 * size == content.length) {
            grow();
            slot = slot(first, second, third);
        }
        content[3 * size] = first;
        content[3 * size + 1] = second;
        content[3 * size + 2] = third;
        table[slot] = size;
        return size++;
    }

    /** The number of triples. */
    public int size() {
        return size;
    }

    /** One of the three integers of a triple. */
    public int part(int number, int which) {
        return content[3 * number + which];
    }

    private int slot(int first, int second, int third) {
        int hash = (first * 0x9E3779B1 ^ second) * 0x85EBCA77 ^ third;
        hash *= 0xC2B2AE3D;
        int slot = (hash ^ hash >>> 15) & (table.length - 1);
        while (table[slot] >= 0
                && (content[3 * table[slot]] != first
                        || content[3 * table[slot] + 1] != second
                        || content[3 * table[slot] + 2] != third)) {
            slot = (slot + 1) & (table.length - 1);
        }
        return slot;
    }

    private void grow() {
        content = Arrays.copyOf(content, 2 * content.length);
        table = new int[2 * table.length];
        Arrays.fill(table, -1);
        for (int i = 0; i < size; i++) {
            table[slot(content[3 * i], content[3 * i + 1], content[3 * i + 2])] = i;
        }
    }
}
