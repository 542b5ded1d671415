// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.collect;

/** Hash functions for open addressing, which spread close keys over the whole table. */
public final class Hashing {

    /** The golden ratio as a 64-bit fraction, odd: multiplying by it keeps different keys different (Knuth, volume 3, section 6.4). */
    public static final long SPREAD = 0x9E3779B97F4A7C15L;

    private static final int SPREAD_INT = 0x9E3779B9;

    private Hashing() {}

    /** A number with the high bits of its product mixed into the low ones, which choose the place in a table. */
    public static int spread(int number) {
        int mixed = number * SPREAD_INT;
        return mixed ^ mixed >>> 15;
    }

    /** The hash of the first integers of an array. Each step takes two of them, whose multiplications can run at the same time. */
    public static int of(int[] sequence, int length) {
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
