package dev.espalier.sampler.diffusion;

import dev.espalier.sampler.MaskedLaw;

/**
 * What one forward pass says of a free slot.
 *
 * @param slot its index
 * @param token the token proposed for it: the likeliest allowed one, a drawn one at a temperature above 0, or that of a best
 *     completion of the block
 * @param law the model's law at temperature 1 among the tokens that are possible in this slot; valid until the next pass
 */
public record SlotScore(int slot, int token, MaskedLaw law) {

    /** The probability of the token among the possible ones. */
    public double confidence() {
        return law.probability(token);
    }

    /** The probability of the token among all tokens. */
    public double rawConfidence() {
        return law.rawProbability(token);
    }

    /** This token as a commit. */
    public Commit commit() {
        return new Commit(slot, token, confidence());
    }
}
