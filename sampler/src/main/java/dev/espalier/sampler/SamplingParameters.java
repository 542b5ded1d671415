// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.numeric.ParameterRange;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Temperature, filters, seed and bounds of a generation. Immutable; start from {@link #DEFAULT} or {@link #MODEL} and change
 * with the {@code with} methods.
 *
 * <p>The order is fixed: penalties and biases, then temperature, then the mask, then top-k, top-p and min-p among the allowed tokens. Filters that
 * are on make a sample {@link Target#HEURISTIC}.
 *
 * @param temperature the logits are divided by this, a finite number ≥ 0; 0 takes the likeliest allowed token
 * @param topK only the k likeliest allowed tokens, at least 0; 0 is off
 * @param topP only the likeliest allowed tokens that together reach this share of the allowed mass, in [0, 1]; 1 is off, and 0 leaves the likeliest alone
 * @param minP only allowed tokens at least this many times as likely as the likeliest allowed one, in [0, 1]; 0 is off
 * @param seed decides all random choices; the same seed gives the same output on any number of threads and in any batch
 * @param maxTokens the most tokens of text, at least 0; end tokens are not counted
 * @param forcedText what happens where only one continuation exists
 * @param weighed whether log probability and log weight are computed, which takes a pass over all logits for each token, beside the
 *     next forward pass; if not, they are not a number. It has no part in what is drawn
 * @param draftTokens the most tokens that are guessed to come next, at least 0; 0 is off, unless {@link DraftOptions#tokens()} are guessed for all. They are copied from the prompt or the text, or come from where {@link
 *     DraftOptions} say. The model reads them in one pass with the token before, and those that are not what is drawn are dropped, so that the law of the text
 *     stays. It pays where texts repeat what the prompt says, as extraction does. Without effect where forced text is {@link ForcedText#SCORED}
 * @param changes what is done to the logits first: penalties and biases
 * @param topTokens how many of the likeliest tokens are kept with their probabilities for each draw ({@link Transcript#probabilities()}), at least
 *     0; 0 keeps none. It takes the weights, and a pass over all logits
 * @param parts how tokens are drawn in named parts of the text, where it has such: spans of structural tags. The innermost one counts, and where it is not certain to which one of several
 *     the next token belongs, none
 */
public record SamplingParameters(
        double temperature,
        int topK,
        double topP,
        double minP,
        long seed,
        int maxTokens,
        ForcedText forcedText,
        boolean weighed,
        int draftTokens,
        LogitChanges changes,
        int topTokens,
        Map<String, PartSampling> parts) {

    /** What a plain request does: the likeliest allowed token at each step, 1024 tokens, forced text committed, weighed. */
    public static final SamplingParameters DEFAULT =
            new SamplingParameters(0, 0, 1, 0, 0, 1024, ForcedText.COMMITTED, true, 0, LogitChanges.NONE, 0, Map.of());

    /** As {@link #DEFAULT}, with tokens drawn from the model's own law: temperature 1, no filter, seed 0. */
    public static final SamplingParameters MODEL = DEFAULT.withTemperature(1);

    /**
     * Checks the ranges.
     *
     * @throws InvalidInputException if a parameter is out of its range; it says which and what was expected
     */
    public SamplingParameters {
        Objects.requireNonNull(forcedText, "forcedText");
        ParameterRange.require(
                temperature >= 0 && temperature < Double.POSITIVE_INFINITY,
                "temperature",
                "finite and ≥ 0",
                temperature);
        ParameterRange.require(topK >= 0, "topK", "≥ 0, with 0 for off", topK);
        ParameterRange.require(topP >= 0 && topP <= 1, "topP", "in [0, 1], with 1 for off", topP);
        ParameterRange.require(minP >= 0 && minP <= 1, "minP", "in [0, 1], with 0 for off", minP);
        ParameterRange.require(maxTokens >= 0, "maxTokens", "≥ 0", maxTokens);
        Objects.requireNonNull(changes, "changes");
        ParameterRange.require(topTokens >= 0, "topTokens", "≥ 0, with 0 for none", topTokens);
        if (topTokens > 0 && !weighed) {
            throw new InvalidInputException("probabilities of tokens need the weights, which are not asked for");
        }
        ParameterRange.require(draftTokens >= 0, "draftTokens", "≥ 0, with 0 for off", draftTokens);
        parts = Map.copyOf(parts);
        if (!parts.isEmpty() && forcedText == ForcedText.SCORED) {
            throw new InvalidInputException(
                    "forced text cannot be scored where parts of the text are drawn in ways of their own");
        }
    }

    /** Whether the likeliest allowed token is taken at each step: the temperature is 0. */
    public boolean isGreedy() {
        return temperature == 0;
    }

    /** Whether a filter is on that may keep allowed tokens from being drawn. */
    public boolean hasFilter() {
        return topK > 0 || topP < 1 || minP > 0;
    }

    /** Whether tokens are drawn at random, in a part at least: the temperature is above 0, and top-k and top-p leave more than one. */
    public boolean isRandom() {
        return (!isGreedy() && topK != 1 && topP > 0)
                || parts.values().stream().anyMatch(part -> part.in(DEFAULT).isRandom());
    }

    /** The parameters in a part of the text: themselves where it has none of its own. */
    public SamplingParameters in(String part) {
        PartSampling own = parts.get(part);
        return own == null ? this : own.in(this);
    }

    /** These parameters with another temperature. */
    public SamplingParameters withTemperature(double value) {
        return new SamplingParameters(
                value, topK, topP, minP, seed, maxTokens, forcedText, weighed, draftTokens, changes, topTokens, parts);
    }

    /** These parameters with another top-k; 0 is off. */
    public SamplingParameters withTopK(int value) {
        return new SamplingParameters(
                temperature,
                value,
                topP,
                minP,
                seed,
                maxTokens,
                forcedText,
                weighed,
                draftTokens,
                changes,
                topTokens,
                parts);
    }

    /** These parameters with another top-p; 1 is off. */
    public SamplingParameters withTopP(double value) {
        return new SamplingParameters(
                temperature,
                topK,
                value,
                minP,
                seed,
                maxTokens,
                forcedText,
                weighed,
                draftTokens,
                changes,
                topTokens,
                parts);
    }

    /** These parameters with another min-p; 0 is off. */
    public SamplingParameters withMinP(double value) {
        return new SamplingParameters(
                temperature,
                topK,
                topP,
                value,
                seed,
                maxTokens,
                forcedText,
                weighed,
                draftTokens,
                changes,
                topTokens,
                parts);
    }

    /** These parameters with another seed. */
    public SamplingParameters withSeed(long value) {
        return new SamplingParameters(
                temperature,
                topK,
                topP,
                minP,
                value,
                maxTokens,
                forcedText,
                weighed,
                draftTokens,
                changes,
                topTokens,
                parts);
    }

    /** These parameters with another bound on the tokens of text. */
    public SamplingParameters withMaxTokens(int value) {
        return new SamplingParameters(
                temperature,
                topK,
                topP,
                minP,
                seed,
                value,
                forcedText,
                weighed,
                draftTokens,
                changes,
                topTokens,
                parts);
    }

    /** These parameters with another treatment of forced text. */
    public SamplingParameters withForcedText(ForcedText value) {
        return new SamplingParameters(
                temperature, topK, topP, minP, seed, maxTokens, value, weighed, draftTokens, changes, topTokens, parts);
    }

    /** These parameters, with or without log probabilities and log weights. */
    public SamplingParameters withWeights(boolean value) {
        return new SamplingParameters(
                temperature,
                topK,
                topP,
                minP,
                seed,
                maxTokens,
                forcedText,
                value,
                draftTokens,
                changes,
                topTokens,
                parts);
    }

    /** These parameters with another bound on the tokens that are guessed at a time; 0 is off. */
    public SamplingParameters withDraftTokens(int value) {
        return new SamplingParameters(
                temperature, topK, topP, minP, seed, maxTokens, forcedText, weighed, value, changes, topTokens, parts);
    }

    /** These parameters with other penalties and biases. */
    public SamplingParameters with(LogitChanges value) {
        return new SamplingParameters(
                temperature,
                topK,
                topP,
                minP,
                seed,
                maxTokens,
                forcedText,
                weighed,
                draftTokens,
                value,
                topTokens,
                parts);
    }

    /**
     * These parameters with another number of tokens whose probabilities are kept.
     *
     * @throws InvalidInputException if it is above 0 and there are no weights
     */
    public SamplingParameters withTopTokens(int value) {
        return new SamplingParameters(
                temperature,
                topK,
                topP,
                minP,
                seed,
                maxTokens,
                forcedText,
                weighed,
                draftTokens,
                changes,
                value,
                parts);
    }

    /** These parameters with another way to draw in a named part of the text. */
    public SamplingParameters withPart(String name, PartSampling value) {
        Map<String, PartSampling> changed = new HashMap<>(parts);
        changed.put(name, value);
        return withParts(changed);
    }

    /** These parameters with other ways to draw in named parts of the text; the empty map for none. */
    public SamplingParameters withParts(Map<String, PartSampling> value) {
        return new SamplingParameters(
                temperature,
                topK,
                topP,
                minP,
                seed,
                maxTokens,
                forcedText,
                weighed,
                draftTokens,
                changes,
                topTokens,
                value);
    }
}
