// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence;

import dev.espalier.mask.token.TokenMask;
import dev.espalier.sampler.law.Choices;
import dev.espalier.sampler.law.TokenLaw;

/**
 * A way to draw one token with a weight: properly weighted for the model's law p of the allowed tokens, {@code E[w
 * · 1{token = t}] = p(t)} for each allowed t. So {@code E[w]} is the allowed mass Z. Stateless: any number of threads.
 */
public interface ProposalKernel {

    /**
     * A token that was drawn.
     *
     * @param token its id; -1 if none was found
     * @param logWeight log of the weight; minus infinity without a token
     * @param checks tokens that a predicate was asked about
     */
    record Proposed(int token, double logWeight, int checks) {

        /** No token. */
        public static Proposed none(int checks) {
            return new Proposed(-1, Double.NEGATIVE_INFINITY, checks);
        }
    }

    /**
     * Draws a token.
     *
     * @param text an unfinished text
     * @param law the model's law after it
     */
    Proposed propose(Prefix text, TokenLaw law, Choices choices);

    /** From the model's law restricted to the mask, each with weight Z. */
    static ProposalKernel masked() {
        return (text, law, choices) -> {
            TokenMask mask = text.mask();
            double mass = law.of(mask);
            if (mass == 0) {
                return Proposed.none(0);
            }
            int[] ids = mask.ids();
            int token = ids[choices.categorical(law.of(ids), ids.length)];
            return new Proposed(token, Math.log(mass), 0);
        };
    }
}
