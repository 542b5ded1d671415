// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.samplers;

import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.law.TokenLaw;
import java.util.List;

/**
 * A model whose law is a hash (32-bit FNV-1a) of the tokens before: each token has an integer weight from 1 to 1,017, so that
 * every probability is a known fraction.
 *
 * @param vocabulary its tokens
 * @param seed the first byte that is hashed
 */
record HashLaws(Vocabulary vocabulary, int seed) implements TokenLaws {

    private static final int BASIS = 0x811C9DC5;
    private static final int PRIME = 0x01000193;

    @Override
    public TokenLaw after(List<Integer> tokens) {
        int context = hashed(BASIS, seed);
        for (int token : tokens) {
            context = hashed(context, token);
        }
        double[] weights = new double[vocabulary.size()];
        for (int id = 0; id < weights.length; id++) {
            weights[id] = weight(context, id);
        }
        return TokenLaw.ofWeights(weights);
    }

    private static int weight(int context, int token) {
        int high = hashed(hashed(hashed(hashed(context, 0xFE), token), 0xFF), 0xFF) >>> 24;
        return 1 + (high * high >>> 6);
    }

    private static int hashed(int hash, int value) {
        return (hash ^ (value & 0xFF)) * PRIME;
    }
}
