// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.draw;

import dev.espalier.core.error.DeadEndException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.InvalidLogitsException;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.sampler.numeric.Exponential;
import java.util.Objects;

/**
 * A model's law of one position at temperature 1, restricted to the tokens of a mask and renormalised. Logits of forbidden
 * tokens decide nothing but {@link #rawProbability} and {@link #allowedMass}.
 *
 * <p>Holds on to the logits, which must not change while it is in use. Used by one thread at a time. Cost: two passes over
 * the allowed logits; one over all of them the first time that a raw probability is asked for.
 */
@FastPath(oracle = "MaskedLawTest")
public final class MaskedLaw {

    private final float[] logits;
    private final TokenMask mask;
    private int best = -1;
    private int second = -1;
    private double sum;
    private double product;
    private double logTotal = Double.NaN;

    private MaskedLaw(float[] logits, TokenMask mask) {
        this.logits = logits;
        this.mask = mask;
    }

    /**
     * The law of logits under a mask.
     *
     * @param logits one for each id; not copied
     * @throws InvalidInputException if there is not one logit for each id of the mask
     * @throws InvalidLogitsException if an allowed one is not a number, or all allowed ones are at minus infinity
     * @throws DeadEndException if nothing is allowed
     */
    public static MaskedLaw of(float[] logits, TokenMask mask) {
        Objects.requireNonNull(logits, "logits");
        Objects.requireNonNull(mask, "mask");
        if (logits.length != mask.size()) {
            throw new InvalidInputException(
                    "expected " + mask.size() + " logits, one for each id of the mask, but got " + logits.length);
        }
        MaskedLaw law = new MaskedLaw(logits, mask);
        law.rank();
        law.sum();
        return law;
    }

    private void rank() {
        for (int word = 0; word < mask.words(); word++) {
            for (long bits = mask.word(word); bits != 0; bits &= bits - 1) {
                int id = (word << 6) + Long.numberOfTrailingZeros(bits);
                if (best < 0 || logits[id] > logits[best]) {
                    second = best;
                    best = id;
                } else if (second < 0 || logits[id] > logits[second]) {
                    second = id;
                }
                if (Float.isNaN(logits[id])) {
                    throw new InvalidLogitsException(
                            "the logit of token " + id + ", which is allowed here, is not a number");
                }
            }
        }
        if (best < 0) {
            throw new DeadEndException("no token is allowed here");
        }
        if (logits[best] == Float.NEGATIVE_INFINITY) {
            throw new InvalidLogitsException("the logits of all allowed tokens are minus infinity");
        }
    }

    private void sum() {
        for (int word = 0; word < mask.words(); word++) {
            for (long bits = mask.word(word); bits != 0; bits &= bits - 1) {
                double x = relative((word << 6) + Long.numberOfTrailingZeros(bits));
                double weight = Exponential.of(x);
                sum += weight;
                product += weight == 0 ? 0 : weight * x;
            }
        }
    }

    /** The distance to the likeliest allowed token; plus infinity, the limit, is as likely as itself and nothing else. */
    private double relative(int id) {
        return logits[id] == logits[best] ? 0 : (double) logits[id] - logits[best];
    }

    /** The tokens that are allowed. */
    public TokenMask mask() {
        return mask;
    }

    /** The likeliest allowed token; of several, the smallest id. */
    public int best() {
        return best;
    }

    /** The probability of a token among the allowed ones; 0 if it is not one of them. */
    public double probability(int token) {
        return mask.allows(token) ? Exponential.of(relative(token)) / sum : 0;
    }

    /** How much likelier the likeliest allowed token is than the next: a difference of probabilities; 1 if it is alone. */
    public double margin() {
        return probability(best) - (second < 0 ? 0 : probability(second));
    }

    /** The difference of the two largest allowed logits; plus infinity if only one is finite. */
    public double gap() {
        return second < 0 ? Double.POSITIVE_INFINITY : 0 - relative(second);
    }

    /** The entropy among the allowed tokens, in nats; at least 0. */
    public double entropy() {
        return Math.max(0, Math.log(sum) - product / sum);
    }

    /** The probability of a token among all tokens, as if there were no mask. */
    public double rawProbability(int token) {
        return logits[token] == Float.POSITIVE_INFINITY ? 1.0 / infinities() : Math.exp(logits[token] - logTotal());
    }

    /** The probability of the allowed tokens together, as if there were no mask. */
    public double allowedMass() {
        double mass = logits[best] == Float.POSITIVE_INFINITY
                ? sum / infinities()
                : Math.exp(logits[best] + Math.log(sum) - logTotal());
        return Math.min(1, mass);
    }

    private int infinities() {
        int count = 0;
        for (float logit : logits) {
            count += logit == Float.POSITIVE_INFINITY ? 1 : 0;
        }
        return count;
    }

    private double logTotal() {
        if (Double.isNaN(logTotal)) {
            float top = logits[best];
            for (float logit : logits) {
                top = logit > top ? logit : top;
            }
            double total = 0;
            for (float logit : logits) {
                total += logit == top ? 1 : Exponential.of((double) logit - top);
            }
            logTotal = top + Math.log(total);
        }
        return logTotal;
    }
}
