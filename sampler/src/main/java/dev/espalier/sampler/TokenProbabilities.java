// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

import java.util.List;

/**
 * What the model thought of a token that was drawn, and of the likeliest ones in its place. Logarithms are natural, and of the model's law before the
 * mask, after temperature (at temperature 1 if greedy). Under the mask, a token that it allows has {@code logProbability - logAllowedMass}, and
 * others have none.
 *
 * @param index the place of the token in the text, from 0; the number of tokens for an end token
 * @param token the token that was drawn
 * @param logProbability its log probability before the mask
 * @param logAllowedMass the log of the probability that the mask allowed; 0 if it allowed all
 * @param likeliest the likeliest tokens in falling order, forbidden ones among them; as many as were asked for
 */
public record TokenProbabilities(
        int index, int token, double logProbability, double logAllowedMass, List<Candidate> likeliest) {

    /** Copies the list. */
    public TokenProbabilities {
        likeliest = List.copyOf(likeliest);
    }

    /**
     * A token in the place of one that was drawn.
     *
     * @param token its id
     * @param logProbability its log probability before the mask
     * @param allowed whether the mask allowed it
     */
    public record Candidate(int token, double logProbability, boolean allowed) {}
}
