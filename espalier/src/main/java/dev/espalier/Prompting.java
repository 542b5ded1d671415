// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.diffusion.MaskedDiffusionModel;

/** How a model is told what to write. Implementations are thread-safe. */
@FunctionalInterface
public interface Prompting {

    /**
     * The tokens that the model reads first.
     *
     * @param prompt what the caller wrote
     * @param output what the model is to write
     * @param slots the slots of the canvas that follows the prompt; 0 for a text that is written from left to right
     */
    int[] tokens(String prompt, Output<?> output, int slots);

    /** Prompts as they are, with the tokens that the model expects around every text. */
    static Prompting raw(LanguageModel model) {
        return (prompt, output, slots) -> model.encodePrompt(prompt);
    }

    /** As {@link #raw(LanguageModel)}, for a model of diffusion. */
    static Prompting raw(MaskedDiffusionModel model) {
        return (prompt, output, slots) -> model.encodePrompt(prompt);
    }

    /** What {@link Generator#of(LanguageModel)} does: {@link ChatPrompting} for models that bring a chat template, else {@link #raw}. */
    static Prompting of(LanguageModel model) {
        return model.template().isPresent() ? ChatPrompting.of(model) : raw(model);
    }

    /** What {@link Infiller#of(MaskedDiffusionModel)} does, likewise. */
    static Prompting of(MaskedDiffusionModel model) {
        return model.template().isPresent() ? ChatPrompting.of(model) : raw(model);
    }
}
