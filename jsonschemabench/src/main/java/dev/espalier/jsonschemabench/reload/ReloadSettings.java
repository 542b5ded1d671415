// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.reload;

import dev.espalier.core.error.InvalidInputException;

/**
 * How often a model is loaded.
 *
 * @param loads how often, at least {@code windows}
 * @param cancellations generations that are broken off after each load, at least 1
 * @param tokens the most tokens of one before it is broken off, at least 1
 * @param windows how often memory is measured, at least 10
 * @param seed decides after how many tokens each is broken off
 */
public record ReloadSettings(int loads, int cancellations, int tokens, int windows, long seed) {

    private static final int FEWEST_WINDOWS = 10;

    /**
     * Checks the numbers.
     *
     * @throws InvalidInputException if there are too few loads or windows for a slope
     */
    public ReloadSettings {
        if (windows < FEWEST_WINDOWS || loads < windows) {
            throw new InvalidInputException("at least " + FEWEST_WINDOWS
                    + " windows are needed, and as many loads: not " + windows + " windows of " + loads + " loads");
        }
        if (cancellations < 1 || tokens < 1) {
            throw new InvalidInputException("at least 1 generation of 1 token must be broken off after each load");
        }
    }

    /** The number of the first load of a window. */
    int start(int window) {
        return (int) ((long) loads * window / windows);
    }
}
