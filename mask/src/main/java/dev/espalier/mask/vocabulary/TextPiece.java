// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.vocabulary;

import java.util.Objects;

/**
 * A part of a prompt, with whether it may hold control tokens.
 *
 * @param text any text
 * @param trusted whether the spelling of a special token, such as {@code <|im_end|>}, stands for that token; elsewhere it is text
 */
public record TextPiece(String text, boolean trusted) {

    public TextPiece {
        Objects.requireNonNull(text, "text");
    }

    /** A part in which special tokens are read, such as the text of a chat template. */
    public static TextPiece trusted(String text) {
        return new TextPiece(text, true);
    }

    /** A part that is text and nothing else, such as what a user wrote. */
    public static TextPiece untrusted(String text) {
        return new TextPiece(text, false);
    }
}
