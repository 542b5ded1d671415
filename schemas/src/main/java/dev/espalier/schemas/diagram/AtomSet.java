// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.diagram;

import java.util.Arrays;
import java.util.BitSet;

/** A set of atoms, as bits. Immutable. */
public final class AtomSet {

    /** None. */
    public static final AtomSet NONE = new AtomSet(0, new long[0]);

    private final int first;
    private final long[] words;
    private final int hash;

    /** The atoms of some words, the first of which begins at word number {@code first}; both end words are not zero. */
    private AtomSet(int first, long[] words) {
        this.first = first;
        this.words = words;
        this.hash = 31 * Arrays.hashCode(words) + first;
    }

    /** The atoms of a set of bits. */
    public static AtomSet of(BitSet bits) {
        return trimmed(0, bits.toLongArray());
    }

    private static AtomSet trimmed(int first, long[] words) {
        int from = 0;
        int to = words.length;
        while (from < to && words[from] == 0) {
            from++;
        }
        while (from < to && words[to - 1] == 0) {
            to--;
        }
        return from == to ? NONE : new AtomSet(first + from, Arrays.copyOfRange(words, from, to));
    }

    public boolean isEmpty() {
        return words.length == 0;
    }

    public boolean has(int atom) {
        int word = (atom >> 6) - first;
        return word >= 0 && word < words.length && (words[word] >>> atom & 1) != 0;
    }

    /** Without one atom. */
    public AtomSet without(int atom) {
        if (!has(atom)) {
            return this;
        }
        long[] fewer = words.clone();
        fewer[(atom >> 6) - first] &= ~(1L << atom);
        return trimmed(first, fewer);
    }

    /** Without some atoms. */
    public AtomSet without(BitSet atoms) {
        BitSet fewer = bits();
        fewer.andNot(atoms);
        return of(fewer);
    }

    /** With all of another set. */
    public AtomSet with(AtomSet other) {
        if (other.isEmpty()) {
            return this;
        }
        if (isEmpty()) {
            return other;
        }
        BitSet more = bits();
        more.or(other.bits());
        return of(more);
    }

    /** Whether the sets have an atom in common. */
    public boolean intersects(AtomSet other) {
        for (int word = Math.max(first, other.first);
                word < Math.min(first + words.length, other.first + other.words.length);
                word++) {
            if ((words[word - first] & other.words[word - other.first]) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether the sets have an atom in common. */
    public boolean intersects(BitSet other) {
        return !isEmpty() && !other.isEmpty() && bits().intersects(other);
    }

    /** A copy as bits. */
    public BitSet bits() {
        long[] all = new long[first + words.length];
        System.arraycopy(words, 0, all, first, words.length);
        return BitSet.valueOf(all);
    }

    /** The first atom from a number on; -1 if there is none. */
    public int next(int from) {
        int word = Math.max(0, (from >> 6) - first);
        long masked = word < words.length && (from >> 6) >= first ? words[word] & -1L << from : 0;
        if (word < words.length && (from >> 6) < first) {
            masked = words[word];
        }
        while (masked == 0 && ++word < words.length) {
            masked = words[word];
        }
        return masked == 0 ? -1 : (first + word << 6) + Long.numberOfTrailingZeros(masked);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof AtomSet that
                        && hash == that.hash
                        && first == that.first
                        && Arrays.equals(words, that.words));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return bits().toString();
    }
}
