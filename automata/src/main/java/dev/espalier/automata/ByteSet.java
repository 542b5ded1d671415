package dev.espalier.automata;

import java.util.function.IntPredicate;

/** A set of bytes as 256 bits. Immutable, so that it may be handed from thread to thread without a lock. */
final class ByteSet {

    private final long first;
    private final long second;
    private final long third;
    private final long fourth;

    /** The bytes that pass a test. */
    ByteSet(IntPredicate contains) {
        long[] words = new long[4];
        for (int value = 0; value < State.SPECIAL; value++) {
            words[value >> 6] |= contains.test(value) ? 1L << value : 0;
        }
        this.first = words[0];
        this.second = words[1];
        this.third = words[2];
        this.fourth = words[3];
    }

    /** Whether a byte (0 to 255) is a member. */
    boolean contains(int value) {
        long word = value < 128 ? (value < 64 ? first : second) : value < 192 ? third : fourth;
        return (word >>> value & 1) != 0;
    }
}
