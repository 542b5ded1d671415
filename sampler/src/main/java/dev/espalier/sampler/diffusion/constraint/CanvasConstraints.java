// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.constraint;

import dev.espalier.mask.canvas.CanvasChart;
import dev.espalier.sampler.diffusion.policy.InfillStrategy;
import dev.espalier.sampler.law.Choices;

/** The constraints of the strategies. */
public final class CanvasConstraints {

    private CanvasConstraints() {}

    /**
     * The constraint of a strategy on a canvas.
     *
     * @param chart of the canvas, which is completable
     * @param replacing whether a token that cannot stand is replaced by the likeliest that can; of the exact strategy alone
     * @param choices decide which beams of a look-ahead are kept
     */
    public static CanvasConstraint of(
            InfillStrategy strategy, CanvasReader reader, CanvasChart chart, boolean replacing, Choices choices) {
        if (strategy instanceof InfillStrategy.AnyLength any) {
            return new AnyLengthConstraint(reader, any);
        }
        if (strategy instanceof InfillStrategy.LookAhead ahead) {
            return new LookAheadConstraint(reader, ahead, choices);
        }
        return strategy instanceof InfillStrategy.Exact ? new ExactConstraint(reader, chart, replacing) : none(reader);
    }

    /** No constraint but that there be text. */
    public static CanvasConstraint none(CanvasReader reader) {
        return new FreeConstraint(reader);
    }
}
