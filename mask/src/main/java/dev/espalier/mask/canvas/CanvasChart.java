// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.canvas.chart.SlotMasks;
import dev.espalier.mask.token.TokenMask;

/**
 * The answer for one canvas: whether it has a completion, and for each slot the mask of tokens that some completion has there. Exact.
 * Made by {@link CanvasParser}. Immutable, thread-safe.
 */
public final class CanvasChart {

    private final Canvas canvas;
    private final SlotMasks found;

    CanvasChart(Canvas canvas, SlotMasks found) {
        this.canvas = canvas;
        this.found = found;
    }

    /** The canvas. */
    public Canvas canvas() {
        return canvas;
    }

    /** Whether the canvas has a completion. */
    public boolean isCompletable() {
        return found.isCompletable();
    }

    /**
     * The tokens that some completion has in a slot: of a fixed slot its token; none if there is no completion. Each of
     * them can be fixed by itself; fixing tokens in several slots at once may leave no completion. Of an optional slot, the
     * tokens of completions in which it is there, none if it never is; of an endless one, those that are any of its tokens.
     *
     * @throws InvalidInputException if there is no such slot
     */
    public TokenMask mask(int slot) {
        check(slot);
        return found.masks().get(slot);
    }

    /**
     * Whether some completion has no token in a slot: only of optional and endless ones. Whether some completion has one is
     * whether {@link #mask} has any.
     *
     * @throws InvalidInputException if there is no such slot
     */
    public boolean mayBeAbsent(int slot) {
        check(slot);
        return found.absent().get(slot);
    }

    private void check(int slot) {
        if (slot < 0 || slot >= canvas.size()) {
            throw new InvalidInputException("slot " + slot + " is outside the canvas of " + canvas.size() + " slots");
        }
    }

    /** The number of entries of the chart: what memory and time were about proportional to, next to walks over tokens. */
    public long items() {
        return found.items();
    }
}
