// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.numeric.ParameterRange;
import java.util.Objects;

/**
 * Bounds of the texts that are written together. Immutable; start from {@link #DEFAULT} and change with the {@code with} methods.
 *
 * @param maxRows the most texts that take part in one forward pass, at least 1; others wait
 * @param maxWaiting the most submitted texts that wait for their turn, at least 1; more are refused with a
 *     {@link dev.espalier.core.error.LimitExceededException}
 * @param promptTokens the most tokens of prompts that one pass reads, at least 1; longer prompts are read in parts, between which other texts
 *     go on
 * @param cacheTokens the most tokens in the model's key/value cache, at least 1: those of texts under way, those that their grammars still need at
 *     least, and kept prefixes. Texts wait where it is too small for all of them
 * @param prefixTokens the most tokens of ended texts that stay in the cache, least recently used first out, for texts that begin alike; 0 keeps none
 * @param invariant whether each text is computed on its own, so that the same request has the same tokens in any company, bit for bit.
 *     Costs most of what passes in company save
 * @param drafts where guesses of what comes next come from, for requests that want them
 */
public record BatchOptions(
        int maxRows,
        int maxWaiting,
        int promptTokens,
        long cacheTokens,
        int prefixTokens,
        boolean invariant,
        DraftOptions drafts) {

    /** 64 texts a pass, 1,024 waiting, 512 tokens of prompts a pass, no bound of the cache but the model's, no prefixes kept, not invariant, drafts from the prompt alone. */
    public static final BatchOptions DEFAULT =
            new BatchOptions(64, 1024, 512, Long.MAX_VALUE, 0, false, DraftOptions.DEFAULT);

    /**
     * Checks the ranges.
     *
     * @throws InvalidInputException if a number is out of its range; it says which and what was expected
     */
    public BatchOptions {
        ParameterRange.require(maxRows >= 1, "maxRows", "≥ 1", maxRows);
        ParameterRange.require(maxWaiting >= 1, "maxWaiting", "≥ 1", maxWaiting);
        ParameterRange.require(promptTokens >= 1, "promptTokens", "≥ 1", promptTokens);
        ParameterRange.require(cacheTokens >= 1, "cacheTokens", "≥ 1", cacheTokens);
        ParameterRange.require(prefixTokens >= 0, "prefixTokens", "≥ 0", prefixTokens);
        Objects.requireNonNull(drafts, "drafts");
    }

    /** These options with another number of texts in a pass. */
    public BatchOptions withMaxRows(int value) {
        return new BatchOptions(value, maxWaiting, promptTokens, cacheTokens, prefixTokens, invariant, drafts);
    }

    /** These options with another number of texts that may wait. */
    public BatchOptions withMaxWaiting(int value) {
        return new BatchOptions(maxRows, value, promptTokens, cacheTokens, prefixTokens, invariant, drafts);
    }

    /** These options with another number of tokens of prompts a pass. */
    public BatchOptions withPromptTokens(int value) {
        return new BatchOptions(maxRows, maxWaiting, value, cacheTokens, prefixTokens, invariant, drafts);
    }

    /** These options with another bound of the cache, in tokens. */
    public BatchOptions withCacheTokens(long value) {
        return new BatchOptions(maxRows, maxWaiting, promptTokens, value, prefixTokens, invariant, drafts);
    }

    /** These options with another number of tokens of ended texts in the cache. */
    public BatchOptions withPrefixTokens(int value) {
        return new BatchOptions(maxRows, maxWaiting, promptTokens, cacheTokens, value, invariant, drafts);
    }

    /** These options, each text computed on its own or not. */
    public BatchOptions withInvariant(boolean value) {
        return new BatchOptions(maxRows, maxWaiting, promptTokens, cacheTokens, prefixTokens, value, drafts);
    }

    /** These options with another source of drafts. */
    public BatchOptions with(DraftOptions value) {
        return new BatchOptions(maxRows, maxWaiting, promptTokens, cacheTokens, prefixTokens, invariant, value);
    }
}
