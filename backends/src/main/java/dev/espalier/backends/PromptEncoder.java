// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import dev.espalier.mask.vocabulary.TextEncoder;

/** The tokenizer of a model's own files. Thread-safe. */
interface PromptEncoder extends TextEncoder, AutoCloseable {

    /** The tokens of a prompt, special tokens read, and those added that the model expects around it. */
    int[] encodePrompt(String prompt);

    @Override
    void close();
}
