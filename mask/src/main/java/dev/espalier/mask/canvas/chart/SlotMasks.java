// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas.chart;

import dev.espalier.mask.token.TokenMask;
import java.util.BitSet;
import java.util.List;

/**
 * The tokens that each slot of a row may hold, and which slots may hold none.
 *
 * @param isCompletable whether the row has a completion
 * @param masks by slot, the tokens that some completion has there
 * @param absent the optional and endless slots that are absent in some completion; not to be modified afterwards
 * @param items the entries that were kept: what memory and time were about proportional to
 */
public record SlotMasks(boolean isCompletable, List<TokenMask> masks, BitSet absent, long items) {

    /** Copies the masks. */
    public SlotMasks {
        masks = List.copyOf(masks);
    }
}
