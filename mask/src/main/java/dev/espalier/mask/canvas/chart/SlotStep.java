// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas.chart;

import dev.espalier.mask.canvas.slot.TokenWalks;

/**
 * A forward step: the configurations after one slot, from a set of configurations before it. Cached, because the same set comes again
 * at other slots and after each commit.
 *
 * @param walks the walks over the tokens that the slot may hold
 * @param before the configurations before the slot, by number
 * @param after the configurations after it
 * @param points the walks that were taken, by number
 * @param stacks for each of them, the stacks below it
 */
public record SlotStep(TokenWalks walks, int before, int after, int[] points, int[] stacks) {

    /** Estimated bytes on the heap. */
    long bytes() {
        return 80 + 8L * points.length;
    }
}
