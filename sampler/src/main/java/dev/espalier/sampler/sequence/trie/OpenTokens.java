// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.trie;

import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.sampler.law.Choices;
import dev.espalier.sampler.law.TokenLaw;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The tokens that may follow a text and of which nothing was learned, with their probabilities. One thread at a time. */
@FastPath(oracle = "RejectionSamplerTest")
final class OpenTokens {

    private final int @Nullable [] ids;
    private final double[] weights;

    private OpenTokens(int @Nullable [] ids, double[] weights) {
        this.ids = ids;
        this.weights = weights;
    }

    /** All tokens of the vocabulary. */
    static OpenTokens all(TokenLaw law) {
        return new OpenTokens(null, law.toArray());
    }

    /** The tokens of a mask. */
    static OpenTokens of(TokenLaw law, TokenMask mask) {
        int[] ids = mask.ids();
        return new OpenTokens(ids, law.of(ids));
    }

    /** Takes a token out; nothing happens if it is not in. */
    void remove(int token) {
        int at = ids == null ? token : Arrays.binarySearch(ids, token);
        if (at >= 0) {
            weights[at] = 0;
        }
    }

    /** Their probability, added up anew: what is small stays exact. */
    double mass() {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        return sum;
    }

    /** One of them, by their probabilities; {@link #mass} must be positive. */
    int draw(Choices choices) {
        int at = choices.categorical(weights, weights.length);
        return ids == null ? at : ids[at];
    }
}
