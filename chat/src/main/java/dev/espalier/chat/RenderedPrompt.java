// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat;

import java.util.List;

/**
 * A prompt, in pieces that say where their text is from. An encoder makes control tokens of trusted pieces only, so that what a user writes
 * never ends a message.
 *
 * @param pieces the prompt from left to right; none is empty, and neighbours differ in trust
 */
public record RenderedPrompt(List<Piece> pieces) {

    /** Copies the list. */
    public RenderedPrompt {
        pieces = List.copyOf(pieces);
    }

    /**
     * A part of a prompt.
     *
     * @param text its characters
     * @param trusted whether it is from the template or a trusted variable
     */
    public record Piece(String text, boolean trusted) {}

    /** The whole prompt. */
    public String text() {
        StringBuilder text = new StringBuilder();
        pieces.forEach(piece -> text.append(piece.text()));
        return text.toString();
    }
}
