// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.vocabulary;

/** Splits text into the tokens that the vocabulary's own tokenizer would choose. Implementations are thread-safe. */
public interface TextEncoder {

    /**
     * The canonical tokens of a text. No special tokens are added, and none is read out of the text.
     *
     * @param text any text; empty text has no tokens
     * @return token ids whose bytes spell the text in UTF-8. Cost: about linear in the text.
     */
    int[] encode(String text);
}
