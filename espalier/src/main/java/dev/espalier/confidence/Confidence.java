// SPDX-License-Identifier: Apache-2.0
package dev.espalier.confidence;

import java.util.List;

/**
 * How likely the model's own law, held to the constraint and after the text before the field, makes the value that the field has. It says what else
 * the model would have written here; it does not say that the value is true. Immutable.
 *
 * <p>The law draws each token by the model's probabilities at temperature 1 among the tokens that the constraint allows. It starts from the tokens that were
 * written wholly before the field, on condition that the bytes up to the field come out as they were written. A value's probability is that of all sequences
 * of tokens that write it and then leave it: {@code 1} is another value than {@code 12}, and a token may reach over either end.
 *
 * @param pointer where the field is, a JSON pointer; empty for the whole text
 * @param isKey whether it is the key of this member, not its value
 * @param value the value that was written
 * @param alternatives the most likely other values that were seen, best first
 * @param unseen the probability of all beginnings that were not followed to an end; 0 where the values seen are all there are
 * @param prefixes how many beginnings the model was asked about
 */
public record Confidence(
        String pointer,
        boolean isKey,
        ValueProbability value,
        List<ValueProbability> alternatives,
        double unseen,
        int prefixes) {

    /** Copies the list. */
    public Confidence {
        alternatives = List.copyOf(alternatives);
    }

    /** The lower bound of the probability of the value that was written: exact if {@link #isExact()}. */
    public double probability() {
        return value.lower();
    }

    /** Whether the probability is known exactly, and not only between bounds. */
    public boolean isExact() {
        return value.isExact();
    }
}
