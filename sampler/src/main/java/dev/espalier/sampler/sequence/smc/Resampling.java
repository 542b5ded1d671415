// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.smc;

import dev.espalier.sampler.law.Choices;
import java.util.Arrays;

/**
 * The scheme by which the particles of sequential Monte Carlo are drawn anew by their weights: of N draws a particle with the part w of all
 * weight gets {@code N · w} on average, whichever the scheme.
 *
 * <p>A number drawn evenly decides among finitely many outcomes; so the outcome is drawn by the lengths of the pieces of
 * the unit interval, which is the same law, and which tests can enumerate. Stateless: any number of threads. Source: Douc,
 * Cappé, Moulines, "Comparison of resampling schemes for particle filtering" (2005).
 */
public enum Resampling {

    /**
     * One number u places N points {@code (u + k) / N} on the weights laid end to end: a particle gets {@code N · w} draws,
     * rounded down or up. The least varied for most purposes. Cost: a sort.
     */
    SYSTEMATIC {
        @Override
        int[] ancestors(double[] weights, Choices choices) {
            int n = weights.length;
            double[] ends = ends(weights);
            double[] starts = new double[n + 1];
            for (int i = 0; i < n; i++) {
                starts[i] = ends[i] - Math.floor(ends[i]);
            }
            Arrays.sort(starts, 0, n);
            starts[n] = 1;
            double[] lengths = new double[n];
            for (int i = 0; i < n; i++) {
                lengths[i] = starts[i + 1] - starts[i];
            }
            double start = starts[choices.categorical(lengths, n)];
            int[] ancestors = new int[n];
            int drawn = 0;
            for (int i = 0; i < n; i++) {
                double whole = Math.floor(ends[i]);
                int until = (int) whole + (start < ends[i] - whole ? 1 : 0);
                while (drawn < until) {
                    ancestors[drawn++] = i;
                }
            }
            return ancestors;
        }
    },

    /** One point in each N-th of the weights laid end to end. Cost: quadratic in the particles. */
    STRATIFIED {
        @Override
        int[] ancestors(double[] weights, Choices choices) {
            int n = weights.length;
            double[] ends = ends(weights);
            double[] shares = new double[n];
            int[] ancestors = new int[n];
            for (int k = 0; k < n; k++) {
                double begin = 0;
                for (int i = 0; i < n; i++) {
                    shares[i] = Math.max(0, Math.min(ends[i], k + 1.0) - Math.max(begin, k));
                    begin = ends[i];
                }
                ancestors[k] = choices.categorical(shares, n);
            }
            return ancestors;
        }
    },

    /** N independent draws. The most varied; for comparison. Cost: quadratic in the particles. */
    MULTINOMIAL {
        @Override
        int[] ancestors(double[] weights, Choices choices) {
            int[] ancestors = new int[weights.length];
            for (int k = 0; k < ancestors.length; k++) {
                ancestors[k] = choices.categorical(weights, weights.length);
            }
            return ancestors;
        }
    };

    /**
     * Draws as many particles as there are, one of weight 0 never.
     *
     * @param weights finite, not below 0, at least one above
     */
    abstract int[] ancestors(double[] weights, Choices choices);

    /** Where each weight ends when all are laid end to end, N being the end of the last. */
    private static double[] ends(double[] weights) {
        double[] ends = new double[weights.length];
        double sum = 0;
        for (int i = 0; i < ends.length; i++) {
            sum += weights[i];
            ends[i] = sum;
        }
        for (int i = 0; i < ends.length; i++) {
            ends[i] = ends[i] / sum * ends.length;
        }
        return ends;
    }
}
