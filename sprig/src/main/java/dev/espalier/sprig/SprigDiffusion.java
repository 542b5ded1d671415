// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sprig;

import dev.espalier.Output;
import dev.espalier.backends.LoadOptions;
import dev.espalier.backends.ModelFiles;
import dev.espalier.backends.PyTorchDiffusionModel;
import dev.espalier.core.error.ModelException;
import dev.espalier.sampler.diffusion.MaskedDiffusionModel;

/**
 * The embedded model of masked diffusion: {@link Sprig}'s network, trained further to fill any slots of the JSON that says
 * what a text says, given those that are known. It shares Sprig's tokens, prompt and limits; unlike Sprig it sees what
 * stands to the right of a gap.
 *
 * <p>Trained with canvases of up to 160 slots, the JSON followed by end tokens alone, prompt and canvas together up to 448
 * tokens.
 */
public final class SprigDiffusion {

    private static final ModelFiles FILES = ModelFiles.classPath(SprigDiffusion.class, "dev/espalier/sprig-diffusion")
            .with("tokenizer.json", ModelFiles.classPath(SprigDiffusion.class, "dev/espalier/sprig"));

    private SprigDiffusion() {}

    /** Whether the model's files are on the class path, as they are in every release. */
    static boolean isPresent() {
        return FILES.contains("tokenizer.json") && FILES.contains("model.safetensors");
    }

    /**
     * Loads it. The caller closes it.
     *
     * @throws ModelException if its files are not on the class path, or the engine cannot be started
     */
    public static MaskedDiffusionModel load(LoadOptions options) {
        return PyTorchDiffusionModel.load(FILES, "sprig-diffusion", options);
    }

    /**
     * The prompt that it was trained on, with as many levels of references as leave room for a canvas of so many slots. Where
     * even none fit, the prompt is too long for the canvas, which {@link MaskedDiffusionModel#forward} then says.
     */
    public static int[] prompt(MaskedDiffusionModel model, String prompt, Output<?> output, int slots) {
        SprigPrompt tokens = new SprigPrompt(model.vocabulary(), model.encoder());
        return tokens.tokens(prompt, output, model.contextLength() - slots);
    }
}
