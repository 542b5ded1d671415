// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.numeric;

import java.util.Arrays;

/**
 * Weights given by their logarithms, however small they are. Immutable.
 *
 * @param top log of the greatest; minus infinity if all are 0 or there are none
 * @param relative the weights as parts of the greatest; all 0 if that is 0; not to be modified
 */
public record LogWeights(double top, double[] relative) {

    /** Weights from their natural logarithms, minus infinity for 0. */
    public static LogWeights of(double[] logs) {
        double top = Arrays.stream(logs).max().orElse(Double.NEGATIVE_INFINITY);
        double[] relative = new double[logs.length];
        for (int i = 0; i < logs.length && top > Double.NEGATIVE_INFINITY; i++) {
            relative[i] = Math.exp(logs[i] - top);
        }
        return new LogWeights(top, relative);
    }

    /** Whether all are 0 or there are none. */
    public boolean areZero() {
        return top == Double.NEGATIVE_INFINITY;
    }

    /** Log of their mean; minus infinity if all are 0 or there are none. */
    public double logMean() {
        return areZero() ? top : top + Math.log(sum() / relative.length);
    }

    /** They, divided by their sum; all 0 if that is 0. */
    public double[] normalised() {
        double[] parts = relative.clone();
        double sum = sum();
        for (int i = 0; i < parts.length && !areZero(); i++) {
            parts[i] /= sum;
        }
        return parts;
    }

    /** The effective number of them, {@code (Σ W)² / Σ W²}: from 1 to all; 0 if all are 0. */
    public double effective() {
        double squares = 0;
        for (double weight : relative) {
            squares += weight * weight;
        }
        return areZero() ? 0 : sum() * sum() / squares;
    }

    private double sum() {
        double sum = 0;
        for (double weight : relative) {
            sum += weight;
        }
        return sum;
    }
}
