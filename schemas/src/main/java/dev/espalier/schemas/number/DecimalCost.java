// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

/**
 * The least number of bytes that give a number more digits and multiply it by a power of ten, by zeros, the place of the
 * point, and an exponent. {@link #NEVER} where that is impossible.
 *
 * @param part how far the text is
 * @param exponents whether there may be an exponent
 * @param marked whether the text must not stay that of an integer: a point or an exponent must come
 */
record DecimalCost(DecimalState.Part part, boolean exponents, boolean marked) {

    /** Stands for: impossible. */
    static final long NEVER = Integer.MAX_VALUE;

    private boolean isWhole() {
        return part == DecimalState.Part.WHOLE;
    }

    /** The power for which n more digits cost least; away from it on either side the cost never falls. */
    long cheapest(long n) {
        return !isWhole() ? 0 : marked ? n - 1 : n;
    }

    /**
     * The bytes for n more digits, at least one.
     *
     * @param power the first of the new digits is worth 10^power times what a digit after the last is worth now, and a power
     *     below it if there is no point yet
     */
    long of(long n, long power) {
        if (!isWhole()) {
            return n + (part == DecimalState.Part.ZERO ? 1 : 0) + exponent(power);
        }
        if (power >= 0 && power <= n) {
            return power < n ? n + 1 : marked ? n + 2 : n;
        }
        return power > n ? n + exponent(power - n) : Math.min(n + 1 + exponent(power), n + exponent(power - n));
    }

    /**
     * The fewest bytes for some more digits or more than those, and a power of a range. For one power, the cost falls with more
     * digits only where the exponent loses a digit or is no longer needed: only these are tried.
     */
    long least(long fewest, long first, long last) {
        long best = Math.min(at(fewest, first, last), at(fewest + 1, first, last));
        for (long power : new long[] {first, last}) {
            for (long n = Math.max(fewest, power); n <= power + 2; n++) {
                best = Math.min(best, at(n, first, last));
            }
            for (long exponent = 9; power - exponent >= fewest; exponent = 10 * exponent + 9) {
                best = Math.min(best, at(power - exponent, first, last));
            }
        }
        return best;
    }

    private long at(long n, long first, long last) {
        return of(n, Math.min(Math.max(cheapest(n), first), last));
    }

    /** The bytes for no digits other than zeros, of which none counts. */
    long ofZeros(long power) {
        if (part == DecimalState.Part.POINT) {
            return 1 + exponent(power);
        }
        if (!isWhole()) {
            return exponent(power);
        }
        if (power < 0) {
            return exponent(power);
        }
        return Math.min(marked ? power + 2 : power, power == 0 ? NEVER : exponent(power));
    }

    /** The bytes for zeros alone: no point, no exponent. */
    long ofZerosAlone(long power) {
        return power < 0 ? NEVER : power;
    }

    private long exponent(long power) {
        if (power == 0) {
            return 0;
        }
        return !exponents ? NEVER : PowerState.digits(Math.abs(power)) + (power > 0 ? 1 : 2);
    }
}
