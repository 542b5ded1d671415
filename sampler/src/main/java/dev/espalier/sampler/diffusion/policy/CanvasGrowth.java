// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.policy;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.numeric.ParameterRange;
import java.util.Locale;
import java.util.Objects;

/**
 * How a canvas grows where the layout has room (DAEDAL, Li et al. 2025). Before the first commit: while the model does not expect the
 * end in the last slots of a gap at the end, the gap gets more slots. Later: after each pass the least sure slot of the active block is
 * expanded if its confidence is low, until the model expects the end. A canvas grows only where it stays completable. Immutable.
 *
 * @param slots how many slots at a time, at least 0; 0 for a canvas that does not grow
 * @param window how many slots at the end are looked at, at least 1
 * @param endConfidence the gap at the end grows while the mean probability of end tokens there is lower, from 0 to 1
 * @param expandBelow a slot of lower confidence is expanded to {@code slots} slots, from 0 to 1; 0 for never
 * @param settled no slot is expanded once the mean probability of end tokens has reached this, from 0 to 1
 */
public record CanvasGrowth(int slots, int window, double endConfidence, double expandBelow, double settled) {

    /** The canvas keeps its size. */
    public static final CanvasGrowth NONE = new CanvasGrowth(0, 1, 0, 0, 1);

    /** The numbers of the paper: 8 slots at a time, a window of 32, 0.5 for the end, 0.1 for slots, settled at 0.9. */
    public static final CanvasGrowth DAEDAL = new CanvasGrowth(8, 32, 0.5, 0.1, 0.9);

    /** Checks the ranges; throws {@link InvalidInputException}. */
    public CanvasGrowth {
        ParameterRange.require(slots >= 0, "slots", "≥ 0", slots);
        ParameterRange.require(window >= 1, "window", "≥ 1", window);
        ParameterRange.require(endConfidence >= 0 && endConfidence <= 1, "endConfidence", "in [0, 1]", endConfidence);
        ParameterRange.require(expandBelow >= 0 && expandBelow <= 1, "expandBelow", "in [0, 1]", expandBelow);
        ParameterRange.require(settled >= 0 && settled <= 1, "settled", "in [0, 1]", settled);
    }

    /** Whether the canvas may grow at all. */
    public boolean isOn() {
        return slots > 0;
    }

    /** A name that {@link #parse} reads back: {@code none}, or {@code grow:8,32,0.5,0.1,0.9}. */
    public String name() {
        return isOn()
                ? "grow:" + slots + "," + window + "," + endConfidence + "," + expandBelow + "," + settled
                : "none";
    }

    /**
     * Reads {@code none}, or {@code grow} with numbers after a colon; those left out from the right are the paper's.
     *
     * @throws InvalidInputException if it is neither
     */
    public static CanvasGrowth parse(String name) {
        Objects.requireNonNull(name, "name");
        String[] parts = name.toLowerCase(Locale.ROOT).split("[:,]", -1);
        if (parts[0].equals("none") && parts.length == 1) {
            return NONE;
        }
        try {
            if (parts[0].equals("grow") && parts.length <= 6) {
                return new CanvasGrowth(
                        parts.length > 1 ? Integer.parseInt(parts[1]) : DAEDAL.slots,
                        parts.length > 2 ? Integer.parseInt(parts[2]) : DAEDAL.window,
                        parts.length > 3 ? Double.parseDouble(parts[3]) : DAEDAL.endConfidence,
                        parts.length > 4 ? Double.parseDouble(parts[4]) : DAEDAL.expandBelow,
                        parts.length > 5 ? Double.parseDouble(parts[5]) : DAEDAL.settled);
            }
        } catch (NumberFormatException wrong) {
            throw unknown(name);
        }
        throw unknown(name);
    }

    private static InvalidInputException unknown(String name) {
        return new InvalidInputException("\"" + name + "\" says nothing about growth; known are none and "
                + "grow:<slots>,<window>,<end confidence>,<expand below>,<settled>");
    }
}
