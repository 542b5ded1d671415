// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

import java.util.List;

/**
 * What the model thought of a token that was drawn, or {@linkplain ForcedText#SCORED committed and scored}, and of the likeliest ones in its place. Logarithms are natural, and of the model's law before the
 * mask and filters, after penalties, biases and temperature (at temperature 1 if greedy). Under the mask, a token that it allows has {@code logProbability - logAllowedMass}, and
 * others have none.
 *
 * @param index the place of the token in the text, from 0; the number of tokens for an end token
 * @param token the token that was drawn
 * @param logProbability its log probability before the mask
 * @param logAllowedMass the log of the probability that the mask allowed; 0 if it allowed all
 * @param allowedTokens how many tokens the mask allowed, the end tokens among them; 1 where a token was committed
 * @param forcedBytes how many of the token's first bytes had to be written there, whatever tokens spell them; all of them where the text had no choice
 * @param likeliest the likeliest tokens in falling order, forbidden ones among them; as many as were asked for
 * @param likeliestAllowed the likeliest of those that the mask allowed, in falling order; as many as were asked for, if there are so many
 */
public record TokenProbabilities(
        int index,
        int token,
        double logProbability,
        double logAllowedMass,
        int allowedTokens,
        int forcedBytes,
        List<Candidate> likeliest,
        List<Candidate> likeliestAllowed) {

    /** Copies the lists. */
    public TokenProbabilities {
        likeliest = List.copyOf(likeliest);
        likeliestAllowed = List.copyOf(likeliestAllowed);
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
