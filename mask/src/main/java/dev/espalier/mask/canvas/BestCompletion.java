// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas;

import dev.espalier.mask.canvas.block.CompletionSearch;
import java.util.Arrays;

/**
 * A completion of a weighted block, and how far from the best it can be at most. Immutable, thread-safe.
 *
 * <p>The tokens go with the rest of the canvas: fixing all or some of them leaves it completable.
 */
public final class BestCompletion {

    private final int from;
    private final CompletionSearch.Found found;

    BestCompletion(int from, CompletionSearch.Found found) {
        this.from = from;
        this.found = found;
    }

    /** The token of each slot of the block, the fixed ones included; a copy. */
    public int[] tokens() {
        return found.tokens().clone();
    }

    /**
     * The token of a slot of the canvas.
     *
     * @throws IndexOutOfBoundsException if the slot is outside the block
     */
    public int token(int slot) {
        return found.tokens()[slot - from];
    }

    /** A canvas with all slots of the block fixed to these tokens; it has to have the slots of the block's canvas. */
    public Canvas on(Canvas canvas) {
        Canvas filled = canvas;
        for (int i = 0; i < found.tokens().length; i++) {
            filled = filled.with(from + i, found.tokens()[i]);
        }
        return filled;
    }

    /** The sum of the weights of the free slots' tokens: the log-probability, if the weights are. */
    public double weight() {
        return found.weight();
    }

    /** No completion has a greater weight than this; equal to {@link #weight()} if it is known to be the best. */
    public double bound() {
        return found.bound();
    }

    /** The gap between the bound and the weight: 0 if this is the best completion, up to the rounding of sums. */
    public double gap() {
        return bound() - weight();
    }

    /** Whether no completion has a greater weight, up to the rounding of sums. */
    public boolean isOptimal() {
        return bound() <= weight();
    }

    /** The number of partial completions that the search expanded. */
    public long expansions() {
        return found.expansions();
    }

    @Override
    public String toString() {
        return Arrays.toString(found.tokens()) + " weight " + weight()
                + (isOptimal() ? ", the best" : ", at most " + bound());
    }
}
