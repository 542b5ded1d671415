// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.constraint;

import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.sampler.diffusion.SlotChange;
import dev.espalier.sampler.diffusion.plan.Commit;
import java.util.List;

/** The tokens that may stand on the canvas of one decoding, by one strategy. Used by one thread. */
public interface CanvasConstraint {

    /**
     * The canvas with those proposals that can stand.
     *
     * @param canvas the canvas with all that stands
     * @param changes what was committed, and what came with it, in order
     * @param rejected how many tokens could not stand
     */
    record Placement(Canvas canvas, List<SlotChange> changes, int rejected) {}

    /**
     * Goes on with a canvas that has grown.
     *
     * @param longer with {@code count} more free slots from {@code at} on
     * @return false if it must not grow like that; nothing changes then
     */
    boolean grow(Canvas longer, int at, int count);

    /** The tokens to be proposed for a free slot. */
    TokenMask mask(int slot);

    /**
     * Commits what can stand.
     *
     * @param from the canvas, some slots of which may have become free since the last call
     * @param commits tokens for free slots, the most important first
     * @param pass whose logits may be asked for other tokens
     */
    Placement place(Canvas from, List<Commit> commits, ModelPass pass);

    /** Whether the canvas stays completable all the time, so that slots with one possible token can be fixed. */
    boolean isExact();

    /** Whether a canvas whose slots are all fixed is a sentence of the grammar. */
    boolean isSentence(Canvas canvas);
}
