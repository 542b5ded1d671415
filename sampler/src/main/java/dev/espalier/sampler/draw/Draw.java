// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.draw;

import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.law.Choice;
import dev.espalier.sampler.numeric.Exponential;

/**
 * A token that was drawn among the allowed ones, before anybody looked at the forbidden ones.
 *
 * @param token its id
 * @param logDrawn log of its probability under the law it was drawn from; 0 if greedy
 * @param relative (logit − top) · scale; 0 or less
 * @param top the largest allowed logit; may be infinite
 * @param allowedSum the sum over the allowed ids of e^((logit − top) · scale); if top is infinite, how many have it; not a
 *     number where it was not needed so far
 * @param scale what distances of logits were multiplied with, 1 / temperature; 1 if greedy
 * @param filtered as in {@link Choice}
 */
public record Draw(
        int token, double logDrawn, double relative, float top, double allowedSum, double scale, boolean filtered) {

    /**
     * What the draw was worth under the model's law. A forbidden logit that is not a number counts as minus infinity. Cost:
     * at most one exponential for each id.
     *
     * @param allowed the mask it was drawn under
     */
    public Choice weigh(float[] logits, long[] allowed) {
        if (Double.isNaN(allowedSum)) {
            return withSum(allowedSum(logits, allowed)).weigh(logits, allowed);
        }
        float forbiddenTop = forbiddenTop(logits, allowed);
        if (forbiddenTop > top) {
            double forbidden = forbiddenSum(logits, allowed, forbiddenTop);
            double shift = forbiddenTop == Float.POSITIVE_INFINITY
                    ? Double.NEGATIVE_INFINITY
                    : ((double) top - forbiddenTop) * scale;
            // the allowed mass is small: its logarithm is that of a ratio
            double logAllowed = shift + Math.log(allowedSum);
            double logTotal = Math.log(forbidden + Math.exp(shift) * allowedSum);
            return choice(logAllowed - logTotal);
        }
        // the allowed mass is large: 1 - mass would lose its digits
        return choice(-Math.log1p(forbiddenSum(logits, allowed, top) / allowedSum));
    }

    /**
     * A draw of the only token that is allowed. It is worth the token's probability under the model's law after temperature; at temperature 1 where the likeliest is taken.
     *
     * @param token an id whose logit is a number
     */
    public static Draw only(int token, float[] logits, SamplingParameters parameters) {
        double scale = parameters.isGreedy() ? 1 : Exponential.scale(parameters.temperature());
        return new Draw(token, 0, 0, logits[token], 1, scale, false);
    }

    /** The mask that allows one token alone. */
    public static long[] mask(int token, int size) {
        long[] only = new long[(size + 63) >> 6];
        only[token >> 6] = 1L << token;
        return only;
    }

    /** The draw where nobody asks for its worth: what would say so is not a number. */
    public Choice unweighed() {
        return new Choice(token, Double.NaN, logDrawn, Double.NaN, filtered);
    }

    private Choice choice(double logAllowedMass) {
        double withinAllowed = relative - Math.log(allowedSum);
        return new Choice(token, withinAllowed + logAllowedMass, logDrawn, logAllowedMass, filtered);
    }

    private Draw withSum(double sum) {
        return new Draw(token, logDrawn, relative, top, sum, scale, filtered);
    }

    private double allowedSum(float[] logits, long[] allowed) {
        double sum = 0;
        for (int word = 0, base = 0; base < logits.length; word++, base += 64) {
            sum += Exponential.sum(logits, base, allowed[word], top, scale);
        }
        return sum;
    }

    private static float forbiddenTop(float[] logits, long[] allowed) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int word = 0, base = 0; base < logits.length; word++, base += 64) {
            long forbidden = forbidden(allowed[word], logits.length - base);
            if (forbidden == -1L) {
                for (int id = base; id < base + 64; id++) {
                    largest = logits[id] > largest ? logits[id] : largest;
                }
            } else {
                for (long left = forbidden; left != 0; left &= left - 1) {
                    float logit = logits[base + Long.numberOfTrailingZeros(left)];
                    largest = logit > largest ? logit : largest;
                }
            }
        }
        return largest;
    }

    private double forbiddenSum(float[] logits, long[] allowed, float reference) {
        if (reference == Float.POSITIVE_INFINITY) {
            return forbiddenInfinities(logits, allowed);
        }
        double sum = 0;
        for (int word = 0, base = 0; base < logits.length; word++, base += 64) {
            sum += Exponential.sum(logits, base, forbidden(allowed[word], logits.length - base), reference, scale);
        }
        return sum;
    }

    /** The complement of 64 bits, as far as there are ids for them. */
    private static long forbidden(long allowed, int ids) {
        return ids >= 64 ? ~allowed : ~allowed & ((1L << ids) - 1);
    }

    private static double forbiddenInfinities(float[] logits, long[] allowed) {
        int count = 0;
        for (int id = 0; id < logits.length; id++) {
            if (logits[id] == Float.POSITIVE_INFINITY && (allowed[id >> 6] >>> id & 1) == 0) {
                count++;
            }
        }
        return count;
    }
}
