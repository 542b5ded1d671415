// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.vocabulary;

import java.util.List;
import java.util.stream.Collectors;

/** Splits text into the tokens that the vocabulary's own tokenizer would choose. Implementations are thread-safe. */
public interface TextEncoder {

    /**
     * The canonical tokens of a text. No special tokens are added, and none is read out of the text.
     *
     * @param text any text; empty text has no tokens
     * @return token ids whose bytes spell the text in UTF-8. Cost: about linear in the text.
     */
    int[] encode(String text);

    /**
     * The tokens of a prompt in pieces: those of the whole text, with the special tokens that trusted pieces spell. A special token never
     * reaches over the end of a trusted piece into one that is not. None is added. An encoder that reads no special tokens, as
     * this method does unless it is overridden, encodes the text of all pieces.
     */
    default int[] encode(List<TextPiece> pieces) {
        return encode(pieces.stream().map(TextPiece::text).collect(Collectors.joining()));
    }
}
