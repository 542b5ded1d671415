package dev.espalier.schemas;

import org.jspecify.annotations.Nullable;

/**
 * A text read so far, of a language that no finite automaton has: what may follow, and how far it is to a whole text of
 * the language. Immutable, equal by content.
 */
interface TextReading {

    /**
     * The text with one more character.
     *
     * @param room the most characters that may follow that one
     * @return null if no whole text of the language begins so
     */
    @Nullable
    TextReading next(int codePoint, int room);

    /** Whether the text is in the language. */
    boolean isAccepted();

    /** The fewest characters that make a whole text of it; any greater number does so too, unless the room is bounded. */
    int charactersLeft();

    /** The fewest bytes, in JSON's spelling, of characters that make a whole text of it. */
    int bytesLeft();

    /** The last character up to which all from a given one on lead to equal readings. */
    int sameUntil(int codePoint);

    /** The last character up to which all from a given one on lead to readings with the same prospects. */
    int alikeUntil(int codePoint);
}
