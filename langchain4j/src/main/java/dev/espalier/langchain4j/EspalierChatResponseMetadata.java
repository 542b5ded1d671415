// SPDX-License-Identifier: Apache-2.0
package dev.espalier.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponseMetadata;

/** What is known of a response beside what all models tell. Immutable. */
public final class EspalierChatResponseMetadata extends ChatResponseMetadata {

    private final int forcedTokens;
    private final int reasoningTokens;
    private final double logWeight;

    EspalierChatResponseMetadata(Builder<?> builder, int forcedTokens, int reasoningTokens, double logWeight) {
        super(builder);
        this.forcedTokens = forcedTokens;
        this.reasoningTokens = reasoningTokens;
        this.logWeight = logWeight;
    }

    /** How many tokens were written without a choice. */
    public int forcedTokens() {
        return forcedTokens;
    }

    /** How many tokens the reasoning took. */
    public int reasoningTokens() {
        return reasoningTokens;
    }

    /** The natural logarithm of the probability that the model by itself had kept the form, as far as it is known. */
    public double logWeight() {
        return logWeight;
    }
}
