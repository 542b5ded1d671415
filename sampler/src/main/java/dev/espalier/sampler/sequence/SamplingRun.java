// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.law.Choices;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * The settings of one call of a sampler: random decisions, cancellation, listener, bound. Immutable.
 *
 * @param choices the decisions of each text that is begun, by its number from 0 on: texts do not depend on how many others
 *     there are, nor on the order in which they are worked on
 * @param cancellation ends the work soon after it is requested; what is finished is kept
 * @param listener told of every sample when it is finished
 * @param maxRuns the most texts that may be begun, at least 1; a sampler that needs more ends before it is done
 */
public record SamplingRun(
        LongFunction<Choices> choices, Cancellation cancellation, Consumer<Sample> listener, long maxRuns) {

    /**
     * Checks the bound.
     *
     * @throws InvalidInputException if it is below 1
     */
    public SamplingRun {
        Objects.requireNonNull(choices, "choices");
        Objects.requireNonNull(cancellation, "cancellation");
        Objects.requireNonNull(listener, "listener");
        if (maxRuns < 1) {
            throw new InvalidInputException("at least 1 text must be allowed to be begun, but not " + maxRuns);
        }
    }

    /** A run that a seed decides, that nobody watches, with any number of texts. */
    public static SamplingRun seeded(long seed) {
        return new SamplingRun(index -> Choices.seeded(seed, index), new Cancellation(), sample -> {}, Long.MAX_VALUE);
    }

    /** This run, to end soon after that cancellation is requested. */
    public SamplingRun with(Cancellation value) {
        return new SamplingRun(choices, value, listener, maxRuns);
    }

    /** This run with another listener. */
    public SamplingRun with(Consumer<Sample> value) {
        return new SamplingRun(choices, cancellation, value, maxRuns);
    }

    /** This run with another bound on the texts that may be begun. */
    public SamplingRun withMaxRuns(long value) {
        return new SamplingRun(choices, cancellation, listener, value);
    }
}
