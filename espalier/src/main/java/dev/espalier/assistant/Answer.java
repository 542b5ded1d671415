// SPDX-License-Identifier: Apache-2.0
package dev.espalier.assistant;

import dev.espalier.TokenUsage;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.sampler.Outcome;
import dev.espalier.tool.ToolAnswer;
import java.util.Optional;

/**
 * What a model has answered. Immutable.
 *
 * @param said reasoning, text and calls; where the answer is not whole, what was written of them until it ended, with those calls that are whole
 * @param finish why it ended
 * @param failure why it is not whole; empty if it is
 * @param usage counts of tokens
 * @param reasoningTokens how many tokens of the text ended in its reasoning
 * @param outcome how the text ended, with its tokens and their probabilities
 * @param stats what it took
 */
public record Answer(
        ToolAnswer said,
        Finish finish,
        Optional<EspalierException> failure,
        TokenUsage usage,
        int reasoningTokens,
        Outcome outcome,
        AnswerStats stats) {

    /** Why an answer ended. */
    public enum Finish {
        /** The model ended it, or a stop did. */
        STOP,
        /** The model ended it, and calls tools. */
        CALLS,
        /** The token budget ended it before the model would have. It is whole all the same where {@link Answer#failure} is empty. */
        LENGTH,
        /** It was cancelled. */
        CANCELLED,
        /** It failed: see {@link Answer#failure}. */
        FAILED
    }

    /** Whether it is whole, and of the form that was asked for. */
    public boolean isWhole() {
        return failure.isEmpty();
    }

    /** Whether the turn was refused before anything was written: no text of the form that it asks for fits its token budget. */
    public boolean isRefused() {
        return usage.writtenTokens() == 0 && failure.orElse(null) instanceof LimitExceededException;
    }

    /** Whether it keeps what a turn asked for: it is whole, or free text that its token budget cut. */
    public boolean keeps(Turn turn) {
        return isWhole() || (finish == Finish.LENGTH && turn.isFree());
    }

    /**
     * Reasoning, text and calls of a whole answer.
     *
     * @throws EspalierException if it is not whole
     */
    public ToolAnswer orElseThrow() {
        if (failure.isPresent()) {
            throw failure.get();
        }
        return said;
    }
}
