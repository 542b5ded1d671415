// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.token;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.oracle.FastPath;
import java.nio.LongBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A set of token ids. Immutable, thread-safe, shared without copies.
 *
 * <p>Masks of at most 512 tokens are <em>sparse</em>: they carry their sorted ids, so that choosing among 12 tokens
 * never scans 128,000. All others are bit sets; bit {@code i % 64} of word {@code i / 64} is token {@code i}.
 * Loops over a mask should ask {@link #isSparse()} and take {@link #ids()} or {@link #copyTo}.
 */
@FastPath(oracle = "TokenMaskTest")
public final class TokenMask {

    /** The greatest number of tokens in a sparse mask. */
    public static final int SPARSE = 512;

    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

    private final int size;
    private final int count;
    private final int @Nullable [] ids;
    private final long @Nullable [] words;
    /** The hash code, computed on first use; 0 before. Threads that compute it at the same time get the same. */
    private int hash;

    private TokenMask(int size, int count, int @Nullable [] ids, long @Nullable [] words) {
        this.size = size;
        this.count = count;
        this.ids = ids;
        this.words = words;
    }

    /**
     * The set of some ids.
     *
     * @param size the vocabulary's size
     * @throws InvalidInputException if an id is outside 0 to {@code size - 1}
     */
    public static TokenMask of(int size, int... ids) {
        TokenSet set = new TokenSet(size);
        for (int id : ids) {
            if (id < 0 || id >= size) {
                throw new InvalidInputException("token id " + id + " is outside the vocabulary of " + size + " ids");
            }
            set.add(id);
        }
        return set.toMask();
    }

    /**
     * The set of these bits: bit {@code i % 64} of word {@code i / 64} is token {@code i}. The words are copied.
     *
     * @param size the vocabulary's size
     * @throws InvalidInputException if there are not as many words as the size needs, or a bit is set past it
     */
    public static TokenMask ofBits(int size, long[] words) {
        if (words.length != (size + 63) >>> 6 || (size & 63) != 0 && words[words.length - 1] >>> size != 0) {
            throw new InvalidInputException(words.length + " words do not hold the bits of " + size + " tokens");
        }
        return owning(size, words.clone());
    }

    /** The set of these bits, owned by the mask from now on. */
    static TokenMask owning(int size, long[] words) {
        int count = 0;
        for (long word : words) {
            count += Long.bitCount(word);
        }
        TokenMask mask = new TokenMask(size, count, null, words);
        return count > SPARSE ? mask : sparse(size, mask.sortedIds());
    }

    /** The set of these ids: at most {@link #SPARSE}, sorted, distinct, owned by the mask from now on. */
    static TokenMask sparse(int size, int[] ids) {
        return new TokenMask(size, ids.length, ids, null);
    }

    /** The empty set. */
    public static TokenMask none(int size) {
        return new TokenMask(size, 0, new int[0], null);
    }

    /** The number of ids it decides: the vocabulary's size. */
    public int size() {
        return size;
    }

    /** The number of ids in the set. */
    public int count() {
        return count;
    }

    /** Whether the set is empty. */
    public boolean isEmpty() {
        return count == 0;
    }

    /** Whether an id is in the set; false for ids outside the vocabulary. */
    public boolean allows(int id) {
        if (words != null) {
            return id >= 0 && id < size && (words[id >>> 6] & 1L << id) != 0;
        }
        return ids != null && Arrays.binarySearch(ids, id) >= 0;
    }

    /** The number of 64-bit words: {@code size()} divided by 64, rounded up. */
    public int words() {
        return (size + 63) >>> 6;
    }

    /** 64 bits of the set, from id {@code 64 * index} on. Cost: a look-up; logarithmic in the count if sparse. */
    public long word(int index) {
        if (words != null) {
            return words[index];
        }
        int[] sorted = ids();
        int at = Arrays.binarySearch(sorted, index << 6);
        long word = 0;
        for (int i = at < 0 ? -at - 1 : at; i < sorted.length && sorted[i] >>> 6 == index; i++) {
            word |= 1L << sorted[i];
        }
        return word;
    }

    /**
     * Writes all bits; words of the target past the set are cleared.
     *
     * @throws InvalidInputException if the target has fewer than {@link #words()} words
     */
    public void copyTo(long[] target) {
        if (target.length < words()) {
            throw new InvalidInputException(
                    "a mask of " + size + " tokens needs " + words() + " words, not " + target.length);
        }
        if (words != null) {
            System.arraycopy(words, 0, target, 0, words.length);
            Arrays.fill(target, words.length, target.length, 0);
        } else {
            Arrays.fill(target, 0);
            for (int id : sortedIds()) {
                target[id >>> 6] |= 1L << id;
            }
        }
    }

    /**
     * Writes all bits to {@code length} words of a buffer, from an index on; those past the set are cleared.
     *
     * @param length at least {@link #words()}
     */
    public void copyTo(LongBuffer target, int from, int length) {
        int start = 0;
        if (words != null) {
            target.put(from, words);
            start = words.length;
        }
        for (int i = start; i < length; i++) {
            target.put(from + i, 0);
        }
        if (ids != null) {
            for (int id : ids) {
                int at = from + (id >>> 6);
                target.put(at, target.get(at) | 1L << id);
            }
        }
    }

    /**
     * Writes all bits as words of 32, as kernels on devices take them: bit {@code id % 32} of word {@code id / 32}. Those past the set are cleared.
     *
     * @param from the index of the first word
     * @param length how many words are written
     * @throws InvalidInputException if {@code length} is less than {@code size()} divided by 32, rounded up, or the target is too short
     */
    public void copyTo(int[] target, int from, int length) {
        int needed = (size + 31) >>> 5;
        if (length < needed || from < 0 || from > target.length - length) {
            throw new InvalidInputException("a mask of " + size + " tokens needs " + needed + " words of 32 bits, not "
                    + length + " from " + from + " on of " + target.length);
        }
        Arrays.fill(target, from, from + length, 0);
        if (words != null) {
            for (int i = 0; i < needed; i++) {
                target[from + i] = (int) (words[i >> 1] >>> 32 * (i & 1));
            }
        } else {
            for (int id : sortedIds()) {
                target[from + (id >>> 5)] |= 1 << id;
            }
        }
    }

    /** Whether the set carries its ids. */
    public boolean isSparse() {
        return ids != null;
    }

    /** The ids, sorted; a copy. Cost: linear in the count if sparse, in the vocabulary otherwise. */
    public int[] ids() {
        return ids != null ? ids.clone() : sortedIds();
    }

    /** The ids, sorted, not to be modified. */
    public int[] sortedIds() {
        if (ids != null) {
            return ids;
        }
        int[] all = new int[count];
        int n = 0;
        for (int index = 0; words != null && index < words.length; index++) {
            for (long word = words[index]; word != 0; word &= word - 1) {
                all[n++] = (index << 6) + Long.numberOfTrailingZeros(word);
            }
        }
        return all;
    }

    /** The bits, not to be modified; null if sparse. */
    public long @Nullable [] bits() {
        return words;
    }

    /** Estimated bytes on the heap. */
    public long bytes() {
        return 48 + (words != null ? 8L * words.length : 0) + (ids != null ? 4L * ids.length : 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenMask mask
                && size == mask.size
                && count == mask.count
                && Arrays.equals(words, mask.words)
                && Arrays.equals(ids, mask.ids);
    }

    /** Cost: linear in the words or ids the first time. */
    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            known = 31 * size + (words != null ? hash(words) : Arrays.hashCode(ids));
            hash = known;
        }
        return known;
    }

    /** A hash of four independent sums, which a processor computes in parallel: every new mask is hashed. */
    private static int hash(long[] words) {
        long a = 1;
        long b = 1;
        long c = 1;
        long d = 1;
        int whole = words.length & -4;
        for (int i = 0; i < whole; i += 4) {
            a = a * MULTIPLIER + words[i];
            b = b * MULTIPLIER + words[i + 1];
            c = c * MULTIPLIER + words[i + 2];
            d = d * MULTIPLIER + words[i + 3];
        }
        for (int i = whole; i < words.length; i++) {
            a = a * MULTIPLIER + words[i];
        }
        long all = ((a * MULTIPLIER + b) * MULTIPLIER + c) * MULTIPLIER + d;
        return (int) (all ^ all >>> Integer.SIZE);
    }

    /** The count and the first few ids. */
    @Override
    public String toString() {
        int[] some = Arrays.copyOf(sortedIds(), Math.min(count, 12));
        return count + " of " + size + " tokens: " + Arrays.toString(some) + (count > 12 ? "…" : "");
    }
}
