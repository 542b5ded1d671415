// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.exact;

import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.TokenTree;

/**
 * The probability c(x) that a model, after a text x, completes it inside a language: expected future grammaticality. Exact,
 * for one {@link TokenTree}.
 */
@FunctionalInterface
public interface CompletionMass {

    /**
     * Logarithms of c of a text with one more token.
     *
     * @param text a text that the model can write
     * @param tokens tokens that are allowed after it, in ascending order
     * @return one for each token, in their order; 0 for a complete text, minus infinity where the model completes none
     */
    double[] logMasses(Prefix text, int[] tokens);
}
