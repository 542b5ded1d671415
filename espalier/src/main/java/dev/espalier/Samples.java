// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.SampleSet;
import java.util.List;
import java.util.Optional;

/**
 * What a sampler of whole texts brought. Immutable; thread-safe if the values are.
 *
 * @param <T> the type of the values
 * @param drawn the samples, in the order of {@code set}
 * @param set the same without texts and values, with what they took
 */
public record Samples<T>(List<Drawn<T>> drawn, SampleSet set) {

    /**
     * A sample.
     *
     * @param <T> the type of the value
     * @param text what was written
     * @param value its value; empty if the text is not complete, or cannot be read as the Java type
     * @param sample its tokens, its probability and its weight
     */
    public record Drawn<T>(String text, Optional<T> value, Sample sample) {}

    /** Copies the list. */
    public Samples {
        drawn = List.copyOf(drawn);
    }

    /**
     * The weights of the samples, divided by their sum; all 0 if every weight is. An average with these weights estimates
     * an expectation under the model's law restricted to the output; for few samples it is biased.
     */
    public double[] normalisedWeights() {
        return set.normalisedWeights();
    }
}
