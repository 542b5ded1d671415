// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.gap;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.canvas.CanvasBuilder;

/**
 * A gap between given texts, with bounds of its number of tokens.
 *
 * @param least at least so many, 0 or more
 * @param most at most so many, or {@link #UNLIMITED}
 */
public record Gap(int least, int most) {

    /** Stands for no upper bound. */
    public static final int UNLIMITED = -1;

    /**
     * Checks the bounds.
     *
     * @throws InvalidInputException unless 0 ≤ least, and least ≤ most or there is no upper bound
     */
    public Gap {
        if (least < 0 || (most < least && most != UNLIMITED)) {
            throw new InvalidInputException("a gap cannot have " + least + " to " + most + " tokens");
        }
    }

    /** Whether there is no upper bound. */
    public boolean isUnlimited() {
        return most == UNLIMITED;
    }

    public void addTo(CanvasBuilder canvas) {
        if (isUnlimited()) {
            canvas.gapFrom(least);
        } else {
            canvas.gap(least, most);
        }
    }
}
