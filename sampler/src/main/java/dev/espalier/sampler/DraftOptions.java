// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.numeric.ParameterRange;
import java.util.Objects;
import java.util.Optional;

/**
 * Where drafts come from, besides the prompt: tokens that are guessed to come next and read in one pass, for requests that {@linkplain
 * SamplingParameters#draftTokens() want them}, or for all. They decide how many passes a text takes, and nothing else. Immutable; start from {@link #DEFAULT} and
 * change with the {@code with} methods.
 *
 * @param model a smaller model that writes what comes next where nothing can be copied: with the same tokens under the same masks and by the same random choices,
 *     with other tokens as bytes. Not closed by whoever drafts with it. It holds a session for each text under way
 * @param recycled how many of the likeliest tokens after each token are remembered from earlier steps, to guess by where nothing can be copied and there is no
 *     draft from a model; 0 is off, and so is
 *     {@linkplain BatchOptions#invariant() invariant} decoding, where texts must not depend on each other. Takes 4 bytes each for each token of the vocabulary
 * @param tokenPrice what a drafted token costs in the pass that checks it, in passes over a single token, at least 0. The more a pass is bound by memory, the
 *     less: weights of few bits that are unpacked for each token cost more. {@code bench drafts} measures it. With 0, the default, drafts are as long as is right
 *     mostly; above 0 they are as long as pays, and off where none does
 * @param modelPrice what a token that the draft model writes costs besides, in passes of the other model, at least 0
 * @param tokens the most tokens that are guessed for requests that want fewer; 0, the default, leaves it to each request
 */
public record DraftOptions(
        Optional<LanguageModel> model, int recycled, double tokenPrice, double modelPrice, int tokens) {

    /** No draft model and no recycled tokens; a draft model's token counts as a fifth of a pass. */
    public static final DraftOptions DEFAULT = new DraftOptions(Optional.empty(), 0, 0, 0.2, 0);

    /**
     * Checks the ranges.
     *
     * @throws InvalidInputException if a number is out of its range; it says which and what was expected
     */
    public DraftOptions {
        Objects.requireNonNull(model, "model");
        ParameterRange.require(recycled >= 0, "recycled", "≥ 0, with 0 for off", recycled);
        ParameterRange.require(
                tokenPrice >= 0 && tokenPrice < Double.POSITIVE_INFINITY, "tokenPrice", "finite and ≥ 0", tokenPrice);
        ParameterRange.require(
                modelPrice >= 0 && modelPrice < Double.POSITIVE_INFINITY, "modelPrice", "finite and ≥ 0", modelPrice);
        ParameterRange.require(tokens >= 0, "tokens", "≥ 0, with 0 for what requests want", tokens);
    }

    /** These options with a draft model. */
    public DraftOptions withModel(LanguageModel value) {
        return new DraftOptions(Optional.of(value), recycled, tokenPrice, modelPrice, tokens);
    }

    /** These options with another number of likeliest tokens that are remembered; 0 is off. */
    public DraftOptions withRecycled(int value) {
        return new DraftOptions(model, value, tokenPrice, modelPrice, tokens);
    }

    /** These options with another price of a drafted token. */
    public DraftOptions withTokenPrice(double value) {
        return new DraftOptions(model, recycled, value, modelPrice, tokens);
    }

    /** These options with another price of the draft model's tokens. */
    public DraftOptions withModelPrice(double value) {
        return new DraftOptions(model, recycled, tokenPrice, value, tokens);
    }

    /** These options with so many tokens that are guessed for all requests; 0 leaves it to each. */
    public DraftOptions withTokens(int value) {
        return new DraftOptions(model, recycled, tokenPrice, modelPrice, value);
    }
}
