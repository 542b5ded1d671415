// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion;

import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.ModelTemplate;
import java.util.List;
import java.util.Optional;

/**
 * A diffusion language model: it sees a prompt and a canvas whole, in both directions, and says for every free slot how
 * likely each token is to stand there.
 *
 * <p>A plain interface that anyone can implement. What a model puts in place of free slots is its own affair: a mask token, or
 * random tokens drawn anew for each pass (models of uniform noise). A slot is fixed or free, and a slot that was fixed may
 * be free in a later pass: passes share no state that callers could see.
 *
 * <p><b>Threads.</b> {@link #forward} and its logits are used by one thread at a time, all else by any thread at any time.
 *
 * <p><b>Errors.</b> Failures are {@link dev.espalier.core.error.ModelException}.
 */
public interface MaskedDiffusionModel extends AutoCloseable {

    /** The vocabulary, its size the width of the logits: padding and holes included. Always the same object. */
    Vocabulary vocabulary();

    /** The canonical tokenizer of this model. Thread-safe. */
    TextEncoder encoder();

    /** The tokens of a prompt, with those control tokens around them that the model expects. This default adds none. */
    default int[] encodePrompt(String prompt) {
        return encoder().encode(prompt);
    }

    /** The chat template that the model's files bring; empty if they bring none, as by default. */
    default Optional<ModelTemplate> template() {
        return Optional.empty();
    }

    /** The most tokens that prompt and canvas may have together; at least 1. */
    int contextLength();

    /**
     * One forward pass.
     *
     * @param prompt tokens before the canvas
     * @param canvas fixed and free slots, of this model's vocabulary
     * @param slots the free slots whose logits are wanted, increasing; what is not asked for need not leave the device
     * @return the logits of these slots in their order, each of the slot itself (models whose rows are shifted undo
     *     that); valid until the next pass or until the model is closed, whichever comes first
     * @throws dev.espalier.core.error.ModelException if the pass fails or the context is too short
     * @throws dev.espalier.core.error.InvalidInputException if a slot is fixed, out of range or out of order
     */
    List<Logits> forward(int[] prompt, Canvas canvas, int[] slots);

    /** A short name for messages and reports, such as the name of the model's directory. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** Frees the weights. Further calls are harmless. */
    @Override
    void close();
}
