// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.infill;

import java.util.Locale;

/** How a trial ended. */
public enum TrialEnd {
    /** All slots are fixed, and the text is a sentence of the grammar. */
    COMPLETE,
    /** All slots are fixed, and the text is no sentence. */
    INVALID,
    /** Slots are free, and the strategy gave up. */
    UNFINISHED,
    /** Out of time. */
    TIMEOUT,
    /** A limit was reached while the canvas was read; the reasons name it. */
    LIMIT,
    /** Any other error. */
    ERROR,
    /** The canvas has too few slots for any text: known before the first pass. */
    TOO_SHORT,
    /** The schema did not compile; the reasons say why. */
    REFUSED,
    /** The schema has no valid instance that a simulated model could want to write. */
    NO_INSTANCE;

    /** Whether the strategy had a canvas to fill that can be filled, as far as that is known. */
    boolean isRun() {
        return compareTo(TOO_SHORT) < 0;
    }

    /** Whether all slots were fixed. */
    boolean isFinished() {
        return this == COMPLETE || this == INVALID;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
