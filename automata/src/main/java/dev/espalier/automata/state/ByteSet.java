// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.state;

import java.util.function.IntPredicate;

/** A set of bytes as 256 bits. Immutable, so that it may be handed from thread to thread without a lock. */
public final class ByteSet {

    /** All bytes. */
    public static final ByteSet ALL = new ByteSet(-1, -1, -1, -1);

    /** No byte. */
    public static final ByteSet NONE = new ByteSet(0, 0, 0, 0);

    private static final int BYTES = 256;

    private final long first;
    private final long second;
    private final long third;
    private final long fourth;

    private ByteSet(long first, long second, long third, long fourth) {
        this.first = first;
        this.second = second;
        this.third = third;
        this.fourth = fourth;
    }

    /** The bytes that pass a test. */
    public static ByteSet of(IntPredicate contains) {
        long[] words = new long[4];
        for (int value = 0; value < BYTES; value++) {
            words[value >> 6] |= contains.test(value) ? 1L << value : 0;
        }
        return of(words);
    }

    /** The bytes whose bits are set in four words. */
    public static ByteSet of(long[] words) {
        return new ByteSet(words[0], words[1], words[2], words[3]);
    }

    /** Whether a byte (0 to 255) is a member. */
    public boolean contains(int value) {
        return (word(value >> 6) >>> value & 1) != 0;
    }

    /** The 64 bits from byte 64 times {@code index} (0 to 3) on. */
    public long word(int index) {
        return index < 2 ? (index == 0 ? first : second) : index == 2 ? third : fourth;
    }

    /** How many bytes it has. */
    public int size() {
        int size = 0;
        for (int word = 0; word < 4; word++) {
            size += Long.bitCount(word(word));
        }
        return size;
    }

    /** Whether no byte is a member. */
    public boolean isEmpty() {
        return (first | second | third | fourth) == 0;
    }

    /** The bytes of this set that are not in another one. */
    public ByteSet without(ByteSet other) {
        return new ByteSet(first & ~other.first, second & ~other.second, third & ~other.third, fourth & ~other.fourth);
    }

    /** The bytes of this set that are in another one, too. */
    public ByteSet and(ByteSet other) {
        return new ByteSet(first & other.first, second & other.second, third & other.third, fourth & other.fourth);
    }

    /** The bytes of this set or another one. */
    public ByteSet or(ByteSet other) {
        return new ByteSet(first | other.first, second | other.second, third | other.third, fourth | other.fourth);
    }
}
