// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.DeadEndException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.InvalidLogitsException;
import dev.espalier.core.error.ModelException;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.Transcript;
import dev.espalier.sampler.constraint.TokenConstraint;
import org.jspecify.annotations.Nullable;

/** What a failure in the middle of a text makes of it. Stateless. */
final class FailureOutcome {

    private FailureOutcome() {}

    /**
     * The outcome.
     *
     * @param place where the text was; null if it had not begun
     */
    static Outcome of(EspalierException failure, Transcript written, @Nullable TokenConstraint place) {
        if (failure instanceof CancelledException) {
            return new Outcome.Cancelled(written);
        }
        if (failure instanceof DeadEndException deadEnd) {
            return place != null && goesOnWithoutBudget(place)
                    ? new Outcome.BudgetExhausted(written)
                    : new Outcome.DeadEnd(written, deadEnd);
        }
        return failure instanceof ModelException || failure instanceof InvalidLogitsException
                ? new Outcome.ModelFailed(written, failure)
                : new Outcome.Refused(written, failure);
    }

    private static boolean goesOnWithoutBudget(TokenConstraint place) {
        try {
            return place.mask().count() > 0 && place.leastTokensToEnd() < Integer.MAX_VALUE;
        } catch (EspalierException deadOrFailed) {
            return false;
        }
    }

    /** What code from outside threw, as one of our own exceptions. */
    static InvalidInputException foreign(Throwable thrown) {
        return new InvalidInputException("a listener or a frame of the grammar threw " + thrown, thrown);
    }
}
