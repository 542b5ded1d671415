// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.tokenwise;

import dev.espalier.core.oracle.FastPath;

/**
 * The complete homogeneous symmetric polynomials h of {@code 1/S} for decreasing numbers S that come one by one: h of degree
 * d is the sum of all products of d of them, repeats allowed.
 *
 * <p>Kept in multiples of powers of the latest {@code 1/S}, the largest: all terms are at most 1 and positive, so that nothing
 * cancels and nothing overflows up to degree {@link #MAX_DEGREE} and a million numbers. Cost of a number: the degree.
 */
@FastPath(oracle = "AdaptiveRejectionTest")
final class SymmetricSums {

    static final int MAX_DEGREE = 63;

    private final double[] row;
    private double last;

    /** No numbers yet. */
    SymmetricSums(int degree) {
        row = new double[degree + 1];
        row[0] = 1;
    }

    /** Takes one more, above 0 and at most the one before. */
    void add(double number) {
        double scale = last == 0 ? 0 : number / last;
        double power = 1;
        for (int d = 1; d < row.length; d++) {
            power *= scale;
            row[d] = row[d] * power + row[d - 1];
        }
        last = number;
    }

    /** Log of {@code h[d - 1] / h[d]}. There must be a number. */
    double logRatio(int d) {
        return Math.log(row[d - 1]) - Math.log(row[d]) + Math.log(last);
    }
}
