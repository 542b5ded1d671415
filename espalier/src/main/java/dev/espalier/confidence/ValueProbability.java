// SPDX-License-Identifier: Apache-2.0
package dev.espalier.confidence;

/**
 * A value that a field may have, with bounds of its probability. The true one is between them, up to rounding.
 *
 * @param text the value as it is written, such as {@code "high"} with its quotes; of outputs that are not JSON the whole text. A value of another
 *     shape is told by its first mark: <code>{</code> for an object, {@code [} for an array, <code>}</code> or {@code ]} for the end of what the field is in
 * @param lower the probability of all ways in tokens to write it that were seen
 * @param upper the same, and of all beginnings that it may still grow from
 */
public record ValueProbability(String text, double lower, double upper) {

    /** Whether the bounds are the same: every way to write it was seen. */
    public boolean isExact() {
        return lower == upper;
    }
}
