// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.digest;

import dev.espalier.mask.token.TokenMask;
import java.util.HashMap;
import java.util.Map;

/** A hash of 64 bits over numbers, bytes and masks in their order: the same on every machine and every JDK. */
final class BitHash {

    private static final long FIRST = 0x9e3779b97f4a7c15L;
    private static final long SECOND = 0xbf58476d1ce4e5b9L;
    private static final long THIRD = 0x94d049bb133111ebL;
    /** The digits shown of a hash: 48 bits tell some thousand items apart. */
    private static final int DIGITS = 12;

    /** Hashes of masks that were seen: most masks of a text are one of a few. */
    private final Map<TokenMask, Long> masks;

    private long[] words = {};
    private long sum = FIRST;

    /** The hash of nothing. */
    BitHash() {
        this(new HashMap<>());
    }

    private BitHash(Map<TokenMask, Long> masks) {
        this.masks = masks;
    }

    /** The hash of nothing, which knows the masks that this one knows. */
    BitHash sibling() {
        return new BitHash(masks);
    }

    /** Adds a number. */
    void add(long value) {
        sum = mixed(sum * THIRD + value);
    }

    /** Adds bytes and their number. */
    void add(byte[] bytes) {
        add(bytes.length);
        for (byte value : bytes) {
            add(value);
        }
    }

    /** Adds every bit of a mask, however it is kept. */
    void add(TokenMask mask) {
        add(masks.computeIfAbsent(mask, this::hash));
    }

    private long hash(TokenMask mask) {
        if (words.length != mask.words()) {
            words = new long[mask.words()];
        }
        mask.copyTo(words);
        long all = mask.size();
        for (long word : words) {
            all = mixed(all * THIRD + word);
        }
        return all;
    }

    private static long mixed(long value) {
        long a = (value ^ value >>> 30) * SECOND;
        return a ^ a >>> 27;
    }

    @Override
    public String toString() {
        return String.format("%016x", mixed(sum)).substring(0, DIGITS);
    }
}
