// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

import java.util.List;

/**
 * The text of a generation, whole or not, with its tokens, probabilities and times. Immutable.
 *
 * <p>Logarithms are natural. With p the model's law after {@linkplain LogitChanges changes} and temperature (at temperature 1 if greedy), Z(step) the sum of p
 * over the tokens that the mask allowed at a step, and the end token counted where one was drawn:
 * {@code logProbability = Σ log p(token)}, {@code logWeight = Σ log Z(step)}. So the masked law, which the text was drawn
 * from, gave it {@code logProbability − logWeight}. How committed tokens of forced text enter is told by
 * {@link ForcedText}.
 *
 * @param text the text so far; a character that is cut off at the end, and bytes that are no UTF-8, become U+FFFD
 * @param tokens the ids of the text's tokens, without prompt and end token
 * @param promptTokens how many tokens the prompt had
 * @param sharedTokens how many of these were copied from what the model had read for other texts; the others it read anew
 * @param forcedTokens how many of {@code tokens} were committed without a draw
 * @param forwardPasses forward passes that this sequence took part in, the prompt's included
 * @param draftedTokens how many tokens were guessed and read beside one that was drawn; see {@link SamplingParameters#draftTokens()}
 * @param acceptedTokens how many of these turned out to be what was drawn, or forced
 * @param logProbability log of the model's probability of what was drawn (and scored); not a number where it was {@linkplain
 *     SamplingParameters#weighed() not asked for}
 * @param logWeight likewise, log of the importance weight so far; of a whole sample only when complete, see
 *     {@link Outcome#logWeight()}
 * @param target the law that the tokens were drawn from
 * @param shortened whether the token budget, or a wish to close soon, kept the likeliest token from being written somewhere, or ended the text where it could have gone on. What is written is whole
 *     all the same
 * @param probabilities of each draw, what the model thought of it, if that was {@linkplain SamplingParameters#topTokens() asked for}; forced tokens
 *     that were committed have none, unless they were {@linkplain ForcedText#SCORED scored}
 * @param timings where the time went
 */
public record Transcript(
        String text,
        List<Integer> tokens,
        int promptTokens,
        int sharedTokens,
        int forcedTokens,
        int forwardPasses,
        int draftedTokens,
        int acceptedTokens,
        double logProbability,
        double logWeight,
        Target target,
        boolean shortened,
        List<TokenProbabilities> probabilities,
        Timings timings) {

    /** Copies the lists. */
    public Transcript {
        tokens = List.copyOf(tokens);
        probabilities = List.copyOf(probabilities);
    }
}
