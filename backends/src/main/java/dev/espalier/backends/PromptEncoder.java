// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import dev.espalier.mask.encoder.PromptEnds;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.TextPiece;
import java.util.List;

/**
 * The encoder of a model's own tokenizer. Thread-safe.
 *
 * @param text the encoder of texts
 * @param ends the tokens that the model expects around a prompt
 */
record PromptEncoder(TextEncoder text, PromptEnds ends) implements TextEncoder {

    @Override
    public int[] encode(String plain) {
        return text.encode(plain);
    }

    @Override
    public int[] encode(List<TextPiece> pieces) {
        return text.encode(pieces);
    }

    /** The tokens of a prompt, special tokens read, and those added that the model expects around it. */
    int[] encodePrompt(String prompt) {
        return ends.around(text.encode(List.of(TextPiece.trusted(prompt))));
    }
}
