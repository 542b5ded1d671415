// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion;

import dev.espalier.core.error.EspalierException;
import java.util.OptionalInt;

/** The end of the decoding of a canvas. Only {@link Complete} has a sentence of the grammar. Immutable. */
public sealed interface InfillOutcome {

    /** All slots are fixed, and the text is a sentence of the grammar. */
    record Complete() implements InfillOutcome {}

    /**
     * The canvas has no completion at any size that its layout allows; no forward pass was made.
     *
     * @param neededSlots the fewest slots, fixed ones included, with which it would have one if its gaps could be longer;
     *     empty if there is no such number, or it was not found among the 256 next sizes within the request's limit
     */
    record Uncompletable(OptionalInt neededSlots) implements InfillOutcome {}

    /** All slots are fixed, and the text is no sentence. Only with strategies that do not promise one. */
    record Invalid() implements InfillOutcome {}

    /**
     * Some slots are free, and the strategy gave up, which the exact one does not; or the request's limit of passes was reached.
     *
     * @param reason why, for people
     */
    record Unfinished(String reason) implements InfillOutcome {}

    /** The cancellation was requested, or the thread was interrupted. */
    record Cancelled() implements InfillOutcome {}

    /**
     * The model failed, or gave logits that cannot be used.
     *
     * @param cause a {@link dev.espalier.core.error.ModelException} or
     *     {@link dev.espalier.core.error.InvalidLogitsException}
     */
    record ModelFailed(EspalierException cause) implements InfillOutcome {}

    /**
     * The request could not be served for a reason of its own: a limit was reached, a listener or a policy failed.
     *
     * @param cause which reason, and what to do
     */
    record Refused(EspalierException cause) implements InfillOutcome {}
}
