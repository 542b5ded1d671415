// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

import dev.espalier.core.error.DeadEndException;
import dev.espalier.core.error.EspalierException;

/**
 * The end of a generation, with what was written until then. Only {@link Complete} holds a sentence of the grammar; all
 * others hold what had been written until then, which is never to be presented as whole. Immutable.
 */
public sealed interface Outcome {

    /** What was written. */
    Transcript transcript();

    /** Whether the text is a whole sentence of the grammar. */
    default boolean isComplete() {
        return this instanceof Complete;
    }

    /**
     * Log of the importance weight of this sample: that of its transcript if complete, else minus infinity, as an
     * unfinished text stands for nothing of the language.
     */
    default double logWeight() {
        return isComplete() ? transcript().logWeight() : Double.NEGATIVE_INFINITY;
    }

    /** The text is a sentence of the grammar. */
    record Complete(Transcript transcript) implements Outcome {}

    /**
     * No token was left before the text could be closed. A text of a grammar is closed within its budget; this is for
     * gaps that are filled one after the other, and for constraints that promise less than {@code TokenConstraint}.
     */
    record BudgetExhausted(Transcript transcript) implements Outcome {}

    /** The cancellation was requested, or the decoding thread was interrupted. */
    record Cancelled(Transcript transcript) implements Outcome {}

    /** The text can be continued in bytes, but by no token of the vocabulary. */
    record DeadEnd(Transcript transcript, DeadEndException cause) implements Outcome {}

    /**
     * The model failed, or gave logits that cannot be sampled from.
     *
     * @param cause a {@link dev.espalier.core.error.ModelException} or
     *     {@link dev.espalier.core.error.InvalidLogitsException}
     */
    record ModelFailed(Transcript transcript, EspalierException cause) implements Outcome {}

    /**
     * The request could not be served for a reason of its own: a budget too small for its grammar, a prompt too long, a
     * mask past its limits, a listener that threw.
     *
     * @param cause which reason, and what to do
     */
    record Refused(Transcript transcript, EspalierException cause) implements Outcome {}
}
