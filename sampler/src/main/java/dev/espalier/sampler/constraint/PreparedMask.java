// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.constraint;

import dev.espalier.mask.token.TokenMask;

/**
 * The mask of a place in a text.
 *
 * @param mask the tokens that may come next
 * @param undecided how many it leaves out because they were not decided about in time
 * @param cut whether it leaves out tokens for the sake of the budget
 */
public record PreparedMask(TokenMask mask, int undecided, boolean cut) {

    /**
     * Makes a mask; errors as for {@link TokenConstraint#mask(int)}.
     *
     * @param remaining the most tokens of text from the place on
     */
    public static PreparedMask of(TokenConstraint place, int remaining) {
        TokenMask mask = place.mask(remaining);
        return new PreparedMask(mask, place.undecided(), place.isCut());
    }
}
