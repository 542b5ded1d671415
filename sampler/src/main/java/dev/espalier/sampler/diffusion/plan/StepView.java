// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.plan;

import dev.espalier.mask.canvas.Canvas;
import dev.espalier.sampler.law.Choices;
import java.util.List;
import java.util.Objects;

/**
 * The canvas and its free slots as a policy sees them after a forward pass.
 *
 * @param canvas fixed and free slots
 * @param slots the free slots of the active block and before it, by index; never empty
 * @param committed what was committed earlier in this run and stands, by index: what may be revoked
 * @param totalFree how many slots were free at first, slots inserted since included
 * @param blockFree how many slots of the block were free when it became active
 * @param blockStep how many passes the block has had before this one
 * @param choices where random decisions come from
 */
public record StepView(
        Canvas canvas,
        List<SlotScore> slots,
        List<Commit> committed,
        int totalFree,
        int blockFree,
        int blockStep,
        Choices choices) {

    /** Copies the lists. */
    public StepView {
        Objects.requireNonNull(canvas, "canvas");
        Objects.requireNonNull(slots, "slots");
        Objects.requireNonNull(committed, "committed");
        Objects.requireNonNull(choices, "choices");
        slots = List.copyOf(slots);
        committed = List.copyOf(committed);
    }

    /** This view of some of its slots. */
    public StepView with(List<SlotScore> some) {
        return new StepView(canvas, some, committed, totalFree, blockFree, blockStep, choices);
    }

    /** The share of the slots that were free at first and are fixed by now, from 0 to 1. */
    public double progress() {
        return 1 - (double) canvas.freeSlots() / Math.max(1, totalFree);
    }
}
