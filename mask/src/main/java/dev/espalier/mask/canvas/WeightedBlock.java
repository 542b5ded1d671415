package dev.espalier.mask.canvas;

import dev.espalier.core.error.InvalidInputException;

/**
 * Some slots of a canvas, side by side, with weights for the tokens of the free ones. The weight of a completion is the sum over
 * these slots; of all slots outside it is only asked that they can be filled. Immutable, thread-safe.
 *
 * @param canvas all slots
 * @param from the first slot of the block
 * @param to the slot behind its last
 * @param weights of the free slots of the block
 */
public record WeightedBlock(Canvas canvas, int from, int to, SlotWeights weights) {

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
    public static WeightedBlock whole(Canvas canvas, SlotWeights weights) {
        return new WeightedBlock(canvas, 0, canvas.size(), weights);
    }
}
