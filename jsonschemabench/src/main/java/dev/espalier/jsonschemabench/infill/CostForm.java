// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.infill;

import java.util.Locale;

/** What a canvas is like before the first commit that is timed. */
public enum CostForm {
    /** All slots are free. */
    BLANK,
    /** Every other run of slots is fixed to a part of a text, so that there is fixed text on both sides of most gaps. */
    GAPS;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
