// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas;

import dev.espalier.core.error.InvalidInputException;
import java.util.function.IntFunction;

/**
 * Some slots of a canvas, side by side, with weights for the tokens of the free ones. The weight of a completion is the sum over
 * these slots; of all slots outside it is only asked that they can be filled. Immutable, thread-safe.
 *
 * @param canvas all slots
 * @param from the first slot of the block
 * @param to the slot after its last
 * @param weights of the tokens of a free slot of the block: a natural logarithm for each token id, negative infinity for a token that must
 *     not be there. They are added up, and need not be normalised, so that logits will do. An array may be longer than the vocabulary; what
 *     follows is not looked at. Asked for once a slot; the array is not modified, and must not be while it is in use
 */
public record WeightedBlock(Canvas canvas, int from, int to, IntFunction<float[]> weights) {

    /**
     * Checks the slots.
     *
     * @throws InvalidInputException unless 0 ≤ from ≤ to ≤ the number of slots, or if a slot of the block is optional or endless: a
     *     slot with no token has no weight
     */
    public WeightedBlock {
        if (from < 0 || from > to || to > canvas.size()) {
            throw new InvalidInputException(
                    "slots " + from + " to " + to + " are outside the canvas of " + canvas.size() + " slots");
        }
        for (int slot = from; slot < to; slot++) {
            if (canvas.mayBeAbsent(slot)) {
                throw new InvalidInputException("slot " + slot
                        + " of the weighted block is optional or endless; slots with weights are fixed or free");
            }
        }
    }

    /** All slots of a canvas. */
    public static WeightedBlock whole(Canvas canvas, IntFunction<float[]> weights) {
        return new WeightedBlock(canvas, 0, canvas.size(), weights);
    }
}
