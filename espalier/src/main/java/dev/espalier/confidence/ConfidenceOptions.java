// SPDX-License-Identifier: Apache-2.0
package dev.espalier.confidence;

import dev.espalier.core.error.InvalidInputException;

/**
 * How much work the confidence of a field may take. Immutable; the {@code with} methods give changed copies.
 *
 * @param alternatives the most values beside the one that was written, at least 0
 * @param maxPrefixes the most beginnings of values that the model is asked about, at least 1. The one that was written is walked to its end even so
 * @param enough a probability, 0 to below 1: a walk that cannot be finished ends when what it has not seen is less likely than this
 */
public record ConfidenceOptions(int alternatives, int maxPrefixes, double enough) {

    /** Four alternatives, 256 prefixes, 0.001. */
    public static final ConfidenceOptions DEFAULT = new ConfidenceOptions(4, 256, 0.001);

    /**
     * Checks the ranges.
     *
     * @throws InvalidInputException if a number is not in its range
     */
    public ConfidenceOptions {
        if (alternatives < 0) {
            throw new InvalidInputException("alternatives must be at least 0, but is " + alternatives);
        }
        if (maxPrefixes < 1) {
            throw new InvalidInputException("maxPrefixes must be at least 1, but is " + maxPrefixes);
        }
        if (!(enough >= 0 && enough < 1)) {
            throw new InvalidInputException("enough must be at least 0 and below 1, but is " + enough);
        }
    }

    /** The same with another number of alternatives. */
    public ConfidenceOptions withAlternatives(int other) {
        return new ConfidenceOptions(other, maxPrefixes, enough);
    }

    /** The same with another number of prefixes. */
    public ConfidenceOptions withMaxPrefixes(int other) {
        return new ConfidenceOptions(alternatives, other, enough);
    }

    /** The same with another bound of what is not seen. */
    public ConfidenceOptions withEnough(double other) {
        return new ConfidenceOptions(alternatives, maxPrefixes, other);
    }
}
