// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.format;

import dev.espalier.automata.state.ByteSet;
import dev.espalier.automata.state.TextView;
import org.jspecify.annotations.Nullable;

/**
 * A text read so far, of a language that is not regular: the characters that may follow, and the distance to a whole text of the language.
 * Immutable, equal by content.
 */
public interface TextReading {

    /**
     * The text with one more character.
     *
     * @param room the most characters that may follow that one
     * @return null if no whole text of the language begins like this
     */
    @Nullable
    TextReading next(int codePoint, int room);

    /** Whether the text is in the language. */
    boolean isAccepted();

    /** The fewest characters that complete the text; any greater number can do so, too, unless the room is bounded. */
    int charactersLeft();

    /** The fewest bytes, in JSON's spelling, of characters that complete the text. */
    int bytesLeft();

    /** A completion of the text of the fewest bytes; null if it is not known, or long. */
    default @Nullable String ending() {
        return null;
    }

    /** A lower bound on the closing parentheses that are still to come in every whole text. */
    default int closing() {
        return 0;
    }

    /**
     * Characters after each of which the reading has at least these characters again, spelled as in {@link TextView#steadyText}, if the room is
     * not bounded.
     */
    default ByteSet steady() {
        return ByteSet.NONE;
    }

    /** The representative of the ASCII characters that lead to the same reading as a given one; the given one itself if none is known. */
    default int like(int codePoint) {
        return codePoint;
    }

    /** The last character up to which all from a given one on lead to equal readings. */
    int sameUntil(int codePoint);

    /** The last character up to which all from a given one on lead to readings with the same prospects. */
    int alikeUntil(int codePoint);
}
