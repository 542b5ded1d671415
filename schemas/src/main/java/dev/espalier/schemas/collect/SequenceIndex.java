package dev.espalier.schemas.collect;

import java.util.Arrays;

/** Numbers sequences of integers in the order in which they are first met. By open addressing: nothing is boxed. */
public final class SequenceIndex {

    /** An odd number: multiplying by it keeps keys apart, and keeps them from having the same hash. */
    public static final long SPREAD = 0x9E3779B97F4A7C15L;

    private int[] content = new int[256];
    /** Where each sequence begins in {@link #content}; one more for the end of the last. */
    private int[] starts = new int[32];

    private int[] hashes = new int[32];
    private int[] table = new int[64];
    private int size;

    public SequenceIndex() {
        Arrays.fill(table, -1);
    }

    /** The number of a sequence; a new one gets the next number. */
    public int of(int... sequence) {
        return of(sequence, sequence.length);
    }

    /** The number of the first integers of an array. */
    public int of(int[] sequence, int length) {
        int hash = hash(sequence, length);
        int slot = hash & (table.length - 1);
        while (table[slot] >= 0) {
            if (hashes[table[slot]] == hash && isSame(table[slot], sequence, length)) {
                return table[slot];
            }
            slot = (slot + 1) & (table.length - 1);
        }
        add(sequence, length, hash);
        table[slot] = size - 1;
        if (2 * size > table.length) {
            spread();
        }
        return size - 1;
    }

    /** How many sequences there are. */
    public int size() {
        return size;
    }

    /** Forgets all of them. */
    public void clear() {
        size = 0;
        Arrays.fill(table, -1);
    }

    private boolean isSame(int number, int[] sequence, int length) {
        return Arrays.equals(content, starts[number], starts[number + 1], sequence, 0, length);
    }

    private void add(int[] sequence, int length, int hash) {
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

    /** Two parts a step, which can be multiplied at the same time. */
    private static int hash(int[] sequence, int length) {
        long even = length;
        long odd = 1;
        int i = 0;
        for (; i + 1 < length; i += 2) {
            even = (even ^ sequence[i]) * SPREAD;
            odd = (odd ^ sequence[i + 1]) * 0xC2B2AE3D27D4EB4FL;
            even ^= even >>> 29;
            odd ^= odd >>> 31;
        }
        if (i < length) {
            even = (even ^ sequence[i]) * SPREAD;
        }
        long mixed = even ^ Long.rotateLeft(odd, 32);
        mixed *= SPREAD;
        return (int) (mixed >>> 32);
    }
}
