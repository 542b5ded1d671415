// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.law;

import dev.espalier.core.error.InvalidLogitsException;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.sampler.numeric.Exponential;
import java.util.Objects;

/** A model's law of the next token: the probability of each id of the vocabulary. Immutable. */
public final class TokenLaw {

    private final double[] probabilities;

    private TokenLaw(double[] probabilities) {
        this.probabilities = probabilities;
    }

    /**
     * The law of logits at a temperature. Cost: two passes over the logits.
     *
     * @param temperature above 0
     * @throws InvalidLogitsException if one is not a number, or none is above minus infinity
     */
    public static TokenLaw ofLogits(float[] logits, double temperature) {
        Objects.requireNonNull(logits, "logits");
        float top = Float.NEGATIVE_INFINITY;
        for (int id = 0; id < logits.length; id++) {
            if (Float.isNaN(logits[id])) {
                throw new InvalidLogitsException("the logit of token " + id + " is not a number");
            }
            top = Math.max(top, logits[id]);
        }
        if (top == Float.NEGATIVE_INFINITY) {
            throw new InvalidLogitsException("the logits of all tokens are minus infinity");
        }
        double[] weights = new double[logits.length];
        double scale = Exponential.scale(temperature);
        for (int id = 0; id < logits.length; id++) {
            weights[id] = logits[id] == top ? 1 : Exponential.of(((double) logits[id] - top) * scale);
        }
        return ofWeights(weights);
    }

    /**
     * The law of weights.
     *
     * @param weights one for each id, finite and not below 0, their sum above 0; owned by the law from now on
     * @throws InvalidLogitsException if they are not
     */
    public static TokenLaw ofWeights(double[] weights) {
        Objects.requireNonNull(weights, "weights");
        double sum = 0;
        for (double weight : weights) {
            sum += weight < 0 ? Double.NaN : weight;
        }
        if (!(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
            throw new InvalidLogitsException("the weights of all tokens add up to " + sum);
        }
        for (int id = 0; id < weights.length; id++) {
            weights[id] /= sum;
        }
        return new TokenLaw(weights);
    }

    /** The size of the vocabulary. */
    public int size() {
        return probabilities.length;
    }

    /** The probability of a token. */
    public double of(int token) {
        return probabilities[token];
    }

    /** The probabilities of some tokens, in their order. */
    public double[] of(int[] tokens) {
        double[] some = new double[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            some[i] = probabilities[tokens[i]];
        }
        return some;
    }

    /** The probability of a set of tokens, summed in the order of ids. */
    public double of(TokenMask mask) {
        double sum = 0;
        for (int token : mask.ids()) {
            sum += probabilities[token];
        }
        return sum;
    }

    /** All probabilities, in the order of ids; a copy. */
    public double[] toArray() {
        return probabilities.clone();
    }
}
