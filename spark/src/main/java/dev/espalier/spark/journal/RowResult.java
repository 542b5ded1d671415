// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark.journal;

import org.jspecify.annotations.Nullable;

/**
 * What came of a row and sample, before it has a type: a line of a journal. Immutable.
 *
 * @param id what the result depends on, as a hash
 * @param key the key of the row, for people
 * @param sample the number of the sample, from 0
 * @param seed what the random choices were drawn by
 * @param outcome how the text ended, such as {@code complete}
 * @param text what was written; null if nothing could be
 * @param code the stable name of the failure; null if there is a value
 * @param message what went wrong; null likewise
 * @param tokensIn tokens of the prompt
 * @param tokensOut tokens of the text
 * @param forcedTokens how many of these were not drawn
 * @param shortened whether the budget changed the text
 * @param logProbability as in {@code Transcript}; null if there is none
 * @param logWeight likewise
 */
public record RowResult(
        String id,
        String key,
        int sample,
        long seed,
        String outcome,
        @Nullable String text,
        @Nullable String code,
        @Nullable String message,
        int tokensIn,
        int tokensOut,
        int forcedTokens,
        boolean shortened,
        @Nullable Double logProbability,
        @Nullable Double logWeight) {

    /** A row of which nothing could be asked. */
    public static RowResult refused(String id, String key, int sample, long seed, String code, String message) {
        return new RowResult(id, key, sample, seed, "refused", null, code, message, 0, 0, 0, false, null, null);
    }

    /** Whether there is a value. */
    public boolean isWhole() {
        return code == null;
    }

    /** The same with a text that is no value after all. */
    public RowResult notValid(String otherCode, String otherMessage) {
        return new RowResult(
                id,
                key,
                sample,
                seed,
                "not-valid",
                text,
                otherCode,
                otherMessage,
                tokensIn,
                tokensOut,
                forcedTokens,
                shortened,
                logProbability,
                logWeight);
    }
}
