// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.plan;

import dev.espalier.sampler.draw.MaskedLaw;

/**
 * A free slot after a forward pass: the token proposed for it, and the law of its tokens.
 *
 * @param slot its index
 * @param token the token proposed for it: the likeliest allowed one, a drawn one at a temperature above 0, or that of a best
 *     completion of the block
 * @param law the law that confidences are of, at temperature 1, among the tokens that are possible in this slot: the model's, or its posterior
 *     in the block; valid until the next pass
 * @param own the model's law in any case
 */
public record SlotScore(int slot, int token, MaskedLaw law, MaskedLaw own) {

    /** A score by the model's law. */
    public SlotScore(int slot, int token, MaskedLaw law) {
        this(slot, token, law, law);
    }

    /** The probability of the token among the possible ones. */
    public double confidence() {
        return law.probability(token);
    }

    /** The probability of the token among all tokens. */
    public double rawConfidence() {
        return own.rawProbability(token);
    }

    /** This token as a commit. */
    public Commit commit() {
        return new Commit(slot, token, confidence());
    }
}
