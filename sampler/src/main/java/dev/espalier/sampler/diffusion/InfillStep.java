// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion;

import dev.espalier.mask.canvas.Canvas;
import java.util.List;

/**
 * A step of the decoding of a canvas: a forward pass with the slots it changed, or changes that needed no pass. Immutable.
 *
 * @param index counted from 0
 * @param before the canvas the model saw
 * @param after the canvas then; completable if the strategy is exact
 * @param changes what happened to slots, in order: revoked, committed in order of importance, forced, inserted
 * @param rejected tokens that were proposed and could not stand
 * @param passes forward passes, 0 or 1
 * @param blockEnd the slot after the active block
 * @param modelNanos time of the forward pass, logits brought here included
 * @param constraintNanos time of parsing and masks
 */
public record InfillStep(
        int index,
        Canvas before,
        Canvas after,
        List<SlotChange> changes,
        int rejected,
        int passes,
        int blockEnd,
        long modelNanos,
        long constraintNanos) {

    /** Copies the list. */
    public InfillStep {
        changes = List.copyOf(changes);
    }
}
