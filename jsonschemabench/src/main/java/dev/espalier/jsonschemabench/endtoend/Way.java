// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.endtoend;

import dev.espalier.sampler.BatchOptions;
import dev.espalier.sampler.ForcedText;

/** How a text is decoded. */
public enum Way {

    /** A plain loop that knows no constraint: a forward pass, the largest logit, the next pass. */
    FREE("free", ForcedText.DRAWN),

    /** Masked decoding, each mask computed beside the forward pass. */
    MASKED("masked", ForcedText.DRAWN),

    /** As {@link #MASKED}, with the log probability of each token computed beside the next pass, which the free loop does not do. */
    WEIGHED("masked, weighed", ForcedText.DRAWN),

    /** Masked decoding, each mask computed after the forward pass on the same thread. */
    AFTER("mask after pass", ForcedText.DRAWN),

    /** As {@link #MASKED}, with all masks computed for the first time. */
    COLD("masked, cold", ForcedText.DRAWN),

    /** As {@link #MASKED}, with the tokens of forced text read in one pass. */
    FORCED("forced text", ForcedText.COMMITTED),

    /** As {@link #MASKED}, each text asked for by a thread of its own. */
    SINGLY("masked, asked singly", ForcedText.DRAWN),

    /** As {@link #MASKED}, with the same bits in any company. */
    INVARIANT("masked, invariant", ForcedText.DRAWN);

    private final String label;
    private final ForcedText forcedText;

    Way(String label, ForcedText forcedText) {
        this.label = label;
        this.forcedText = forcedText;
    }

    /** What it is called in reports and results. */
    @Override
    public String toString() {
        return label;
    }

    ForcedText forcedText() {
        return forcedText;
    }

    /** How texts are written together. */
    BatchOptions batching() {
        return BatchOptions.DEFAULT.withInvariant(this == INVARIANT);
    }

    /** Threads that compute masks beside the forward pass; none for the decoding thread after it. */
    int maskThreads() {
        return this == AFTER ? 0 : 1;
    }
}
