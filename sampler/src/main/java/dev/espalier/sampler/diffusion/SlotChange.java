// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion;

/**
 * What happened to a slot in a step.
 *
 * @param slot its index in the canvas after the step
 * @param kind what happened
 * @param token the token's id; {@link dev.espalier.mask.canvas.Canvas#FREE} for slots that became free
 * @param confidence how sure the policy was, as a rule the probability among the possible tokens; 1 where nothing was chosen
 * @param rawConfidence the model's probability of the token among all tokens; not a number where no pass told it
 */
public record SlotChange(int slot, Kind kind, int token, double confidence, double rawConfidence) {

    /** What can happen to a slot. */
    public enum Kind {

        /** A policy chose it. */
        COMMITTED,

        /** No other token was possible. */
        FORCED,

        /** It came after an end token. */
        ENDED,

        /** It became free again. */
        REVOKED,

        /** It is new, and free. */
        INSERTED
    }
}
