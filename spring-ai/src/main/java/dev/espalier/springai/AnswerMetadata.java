// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai;

/** The keys of what a response says of its answer beside what all models of Spring AI say, in the metadata of its generation. */
public final class AnswerMetadata {

    /** How many tokens were written without a choice, an {@code Integer}. */
    public static final String FORCED_TOKENS = "forcedTokens";

    /** How many tokens ended in reasoning, an {@code Integer}. */
    public static final String REASONING_TOKENS = "reasoningTokens";

    /** The logarithm of the weight of the text: what its form has taken from the model's law, a {@code Double}. */
    public static final String LOG_WEIGHT = "logWeight";

    /** Whether the token budget had a part in what was written, or ended it, a {@code Boolean}. What has a schema is whole all the same. */
    public static final String CLOSED_BY_BUDGET = "closedByBudget";

    private AnswerMetadata() {}
}
