package dev.espalier;

import dev.espalier.sampler.LanguageModel;

/** How a model is told what to write. */
interface Prompting {

    /** The prompt as it is, with the control tokens that the model expects around every text. */
    Prompting RAW = (model, prompt, output) -> model.encodePrompt(prompt);

    /**
     * The tokens that the model reads first.
     *
     * @param prompt what the caller wrote
     * @param output what the model is to write
     */
    int[] tokens(LanguageModel model, String prompt, Output<?> output);
}
