// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.collect;

import dev.espalier.core.oracle.FastPath;
import java.util.Arrays;

/**
 * An index of distinct sequences of integers: numbers from 0 on, in the order in which the sequences come. All are copied into one array, so
 * that a new one allocates nothing of its own; {@link IntArrayIndex} can return its arrays. One thread.
 */
@FastPath(oracle = "IndexTest")
public final class SequenceIndex {

    private int[] content = new int[256];
    /** The start of each sequence in {@link #content}, and then the end of the last. */
    private int[] starts = new int[32];

    private int[] hashes = new int[32];
    private int[] table = new int[64];
    private int size;

    /** An index of no sequences. */
    public SequenceIndex() {
        Arrays.fill(table, -1);
    }

    /** The number of a sequence, which is {@link #size()} before the call if it is new. */
    public int add(int... sequence) {
        return add(sequence, sequence.length);
    }

    /** As {@link #add(int...)}, for the first integers of an array. */
    public int add(int[] sequence, int length) {
        int hash = Hashing.of(sequence, length);
        int slot = hash & (table.length - 1);
        while (table[slot] >= 0) {
            if (hashes[table[slot]] == hash && isSame(table[slot], sequence, length)) {
                return table[slot];
            }
            slot = (slot + 1) & (table.length - 1);
        }
        append(sequence, length, hash);
        table[slot] = size - 1;
        if (2 * size > table.length) {
            spread();
        }
        return size - 1;
    }

    /** The number of sequences. */
    public int size() {
        return size;
    }

    /** Forgets all sequences. */
    public void clear() {
        size = 0;
        Arrays.fill(table, -1);
    }

    private boolean isSame(int number, int[] sequence, int length) {
        return Arrays.equals(content, starts[number], starts[number + 1], sequence, 0, length);
    }

    private void append(int[] sequence, int length, int hash) {
        int from = starts[size];
        if (from + length > content.length) {
            content = Arrays.copyOf(content, Math.max(from + length, 2 * content.length));
        }
        if (size + 1 == starts.length) {
            starts = Arrays.copyOf(starts, 2 * starts.length);
            hashes = Arrays.copyOf(hashes, starts.length);
        }
        System.arraycopy(sequence, 0, content, from, length);
        hashes[size] = hash;
        starts[++size] = from + length;
    }

    private void spread() {
        table = new int[2 * table.length];
        Arrays.fill(table, -1);
        for (int number = 0; number < size; number++) {
            int slot = hashes[number] & (table.length - 1);
            while (table[slot] >= 0) {
                slot = (slot + 1) & (table.length - 1);
            }
            table[slot] = number;
        }
    }
}
