// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion;

import dev.espalier.mask.canvas.Canvas;

/**
 * Observer of the decoding of one canvas. All methods do nothing by default. Called on the thread that decodes, in order; a listener that throws ends
 * the run as {@link InfillOutcome.Refused}.
 */
public interface InfillListener {

    /** An observer that does nothing. */
    InfillListener NONE = new InfillListener() {};

    /** The canvas has its first size, and can be completed. */
    default void onStart(Canvas canvas) {}

    /** A step is done. */
    default void onStep(InfillStep step) {}

    /** The run ended. The last call, not made where a request is refused before it starts. */
    default void onFinish(InfillResult result) {}
}
