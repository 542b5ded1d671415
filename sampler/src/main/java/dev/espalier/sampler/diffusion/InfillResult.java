// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion;

import dev.espalier.core.ByteString;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.sampler.Timings;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The result of the decoding of a canvas: the canvas, its text, all steps. Immutable.
 *
 * @param outcome how it ended
 * @param canvas the canvas at the end; completable at any time with {@code InfillStrategy}, whatever the outcome
 * @param tokens the ids of the text, prompt and end tokens left out; empty while slots are free
 * @param bytes the text; empty while slots are free
 * @param forwardPasses passes of the model; next to those of the steps, those by which sizes of gaps were chosen
 * @param commits slots that a policy committed, those revoked later included
 * @param rejections tokens that were proposed and could not stand
 * @param steps what happened, step by step
 * @param timings where the time went: {@code forward} in the model, {@code mask} in the constraint; the parts of texts that are written from left to
 *     right are 0
 */
public record InfillResult(
        InfillOutcome outcome,
        Canvas canvas,
        List<Integer> tokens,
        ByteString bytes,
        int forwardPasses,
        int commits,
        int rejections,
        List<InfillStep> steps,
        Timings timings) {

    /** Copies the lists. */
    public InfillResult {
        tokens = List.copyOf(tokens);
        steps = List.copyOf(steps);
    }

    /** Whether the text is a sentence of the grammar. */
    public boolean isComplete() {
        return outcome instanceof InfillOutcome.Complete;
    }

    /** The text; bytes that are no UTF-8 become U+FFFD. */
    public String text() {
        return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
    }
}
