// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.decode;

import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.diffusion.InfillResult;
import dev.espalier.sampler.diffusion.MaskedDiffusionModel;
import dev.espalier.sampler.diffusion.policy.InfillStrategy;
import java.util.Objects;

/**
 * Decoder of canvases: a diffusion model fills their free slots under a grammar.
 *
 * <p><b>The loop.</b> The model sees the canvas; of each free slot of the active block the exact mask is known, and the model's
 * law is renormalised over it; a policy commits some slots, perhaps revokes others; where the canvas is completed by one token
 * only in a slot, that token is fixed, too. Until no slot is free.
 *
 * <p><b>The invariant</b>, with {@link InfillStrategy.Exact}: before the first pass the canvas is completable, and it is after every step. Slots
 * of one pass are committed together if they can stand together, which costs one parse; if not, the longest part of them, in the policy's order,
 * that can, and so on after the one that cannot. So the result is a sentence, without any text being drawn again or repaired, and no token that a
 * completion needs is ever excluded. That the text is distributed like the model's, restricted to the language, is not claimed.
 *
 * <p><b>The end.</b> When an end token is committed, all free slots after it become end tokens, too.
 *
 * <p>Thread-safe: several threads may decode at once and take turns at the model. See {@code docs/design/canvas-decoding.md}.
 */
public final class InfillDecoder {

    private final MaskedDiffusionModel model;

    /**
     * A decoder.
     *
     * @param model is not closed with the decoder
     */
    public InfillDecoder(MaskedDiffusionModel model) {
        this.model = Objects.requireNonNull(model, "model");
    }

    /**
     * Fills one canvas.
     *
     * @throws EspalierException if the request is refused before anything is done: a grammar compiled for another vocabulary, a
     *     canvas and prompt too long for the model, tokens that do not exist. All later failures are outcomes.
     */
    public InfillResult decode(InfillRequest request) {
        Objects.requireNonNull(request, "request");
        model.vocabulary().requireSame(request.grammar().vocabulary(), model.name());
        int room = model.contextLength() - request.prompt().length;
        int slots = request.layout().slots();
        if (slots > Math.min(room, request.maxSlots())) {
            throw new InvalidInputException(
                    "a prompt of " + request.prompt().length + " tokens and a canvas of " + slots
                            + " slots do not fit a context of " + model.contextLength() + " tokens and at most "
                            + request.maxSlots() + " slots");
        }
        return new CanvasDecoding(request, model, Math.min(room, request.maxSlots())).run();
    }
}
