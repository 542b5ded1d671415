// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.token;

import dev.espalier.core.oracle.FastPath;
import java.util.Arrays;

/** A set of token ids under construction: scratch space that is used again after each {@link #toMask()}. One thread. */
@FastPath(oracle = "TokenMaskTest")
public final class TokenSet {

    private final int size;
    private long[] words;
    private final int[] few = new int[TokenMask.SPARSE];
    private int added;

    public TokenSet(int size) {
        this.size = size;
        this.words = new long[(size + 63) >>> 6];
    }

    /** The number of 64-bit words. */
    public int words() {
        return words.length;
    }

    public void add(int id) {
        words[id >>> 6] |= 1L << id;
        if (added < few.length) {
            few[added] = id;
        }
        added++;
    }

    /** Adds ids {@code from} to {@code to - 1} of an array. */
    public void addAll(int[] ids, int from, int to) {
        for (int i = from; i < to; i++) {
            add(ids[i]);
        }
    }

    /** Removes ids {@code from} to {@code to - 1} of an array. */
    public void removeAll(int[] ids, int from, int to) {
        for (int i = from; i < to; i++) {
            words[ids[i] >>> 6] &= ~(1L << ids[i]);
        }
        added = Math.max(added, few.length + 1); // the bits alone count from now on
    }

    /** Removes ids, given as bits. */
    public void removeAll(long[] bits) {
        for (int i = 0; i < words.length; i++) {
            words[i] &= ~bits[i];
        }
        added = Math.max(added, few.length + 1);
    }

    /** Adds the ids of another set, which is no larger than this one. */
    public void addAll(TokenSet other) {
        for (int i = 0; i < other.words.length; i++) {
            words[i] |= other.words[i];
        }
        added = few.length + 1;
    }

    public void addAll(TokenMask mask) {
        long[] bits = mask.bits();
        if (bits == null) {
            int[] ids = mask.sortedIds();
            addAll(ids, 0, ids.length);
        } else if (added == 0) {
            System.arraycopy(bits, 0, words, 0, bits.length);
            added = TokenMask.SPARSE + 1;
        } else {
            for (int i = 0; i < bits.length; i++) {
                words[i] |= bits[i];
            }
            added = TokenMask.SPARSE + 1;
        }
    }

    public boolean contains(int id) {
        return (words[id >>> 6] & 1L << id) != 0;
    }

    /** The number of ids. Cost: linear in the size. */
    public int count() {
        int count = 0;
        for (long word : words) {
            count += Long.bitCount(word);
        }
        return count;
    }

    /** Returns the ids as a mask, and empties this set. */
    public TokenMask toMask() {
        if (added <= few.length) {
            int[] ids = Arrays.copyOf(few, added);
            for (int id : ids) {
                words[id >>> 6] = 0;
            }
            added = 0;
            return TokenMask.sparse(size, sortedDistinct(ids));
        }
        added = 0;
        TokenMask mask = TokenMask.owning(size, words);
        words = new long[words.length];
        return mask;
    }

    /** Empties the set. */
    public void clear() {
        if (added <= few.length) {
            for (int i = 0; i < added; i++) {
                words[few[i] >>> 6] = 0;
            }
        } else {
            Arrays.fill(words, 0);
        }
        added = 0;
    }

    private static int[] sortedDistinct(int[] ids) {
        Arrays.sort(ids);
        int n = 0;
        for (int i = 0; i < ids.length; i++) {
            if (i == 0 || ids[i] != ids[n - 1]) {
                ids[n++] = ids[i];
            }
        }
        return n == ids.length ? ids : Arrays.copyOf(ids, n);
    }
}
