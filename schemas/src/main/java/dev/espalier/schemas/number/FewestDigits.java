// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

import dev.espalier.core.oracle.FastPath;
import java.math.BigInteger;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

/**
 * How many more digits some digits d need to begin a multiple of whole numbers. With n more digits they are all whole numbers from
 * d·10^n up to, but not including, (d+1)·10^n. One of these is a multiple of u exactly if the remainder of -d·10^n by u is less than 10^n: one
 * remainder is the answer, and no number is tried. Where n digits are enough, so are more, with zeros at the end.
 *
 * <p>Immutable but for what it remembers, thread-safe.
 */
@FastPath(oracle = "FewestDigitsTest")
final class FewestDigits {

    /** A little more than the decimal digits of a bit. */
    private static final double DIGITS_OF_BIT = 0.30103;

    private final IntConsumer clock;
    private final Multiples multiples;
    private final int index;
    private final BigInteger rest;
    /** By unit, which has few values; whoever writes here writes the same. */
    private final Map<BigInteger, Integer> known = new ConcurrentHashMap<>(2);

    /**
     * Multiples of the steps of a set.
     *
     * @param index a set that is not empty
     * @param core digits, not 0
     * @param zeros after them
     * @param clock told units of work, to end what takes too long
     */
    FewestDigits(Multiples multiples, int index, BigInteger core, long zeros, IntConsumer clock) {
        this.clock = clock;
        this.multiples = multiples;
        this.index = index;
        BigInteger unit = multiples.unit(index, 0);
        this.rest = core.multiply(BigInteger.TEN.modPow(BigInteger.valueOf(zeros), unit))
                .mod(unit);
    }

    /**
     * Whether some more digits are enough.
     *
     * @param n how many, not negative
     * @param place the last of them is worth 10^place; what the digits read are worth, 10^(place + n), must be no less than the last place
     *     of the steps' least common multiple
     */
    boolean areEnough(long n, long place) {
        long tens = place + multiples.scale(index);
        return tens >= 0 ? n >= of(tens) : n + tens >= of(0);
    }

    /** As many digits as are enough wherever the last of them is, if they are no further down than the steps' last place. */
    int most() {
        return of(0);
    }

    /** The fewest digits for a multiple of the unit over its common factor with a power of ten. */
    private int of(long tens) {
        BigInteger unit = multiples.unit(index, tens);
        Integer fewest = known.get(unit);
        if (fewest == null) {
            fewest = count(unit);
            known.put(unit, fewest);
        }
        return fewest;
    }

    private int count(BigInteger unit) {
        // so many digits are enough for any remainder: a power of ten that is no less than the unit
        int fewest = (int) (unit.bitLength() * DIGITS_OF_BIT) + 1;
        BigInteger power = BigInteger.TEN.pow(fewest);
        while (fewest > 0) {
            power = power.divide(BigInteger.TEN);
            clock.accept(Multiples.units(power, unit));
            BigInteger after = rest.multiply(power).mod(unit);
            if (after.signum() != 0 && unit.subtract(after).compareTo(power) >= 0) {
                break;
            }
            fewest--;
        }
        return fewest;
    }
}
