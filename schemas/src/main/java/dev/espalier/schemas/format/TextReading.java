package dev.espalier.schemas.format;

import dev.espalier.automata.state.ByteSet;
import dev.espalier.automata.state.TextView;
import org.jspecify.annotations.Nullable;

/**
 * A text read so far, of a language that no finite automaton has: what may follow, and how far it is to a whole text of
 * the language. Immutable, equal by content.
 */
public interface TextReading {

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

    /** A text that makes it whole, of the fewest bytes; null if it is not known, or long. */
    default @Nullable String ending() {
        return null;
    }

    /** A lower bound on the closing parentheses that are still to come in every whole text. */
    default int closing() {
        return 0;
    }

    /**
     * Characters after any of which there is a reading with at least these again, as {@link TextView#steadyText} spells them: as far
     * as the room is not bounded.
     */
    default ByteSet steady() {
        return ByteSet.NONE;
    }

    /** A character of ASCII that leads to an equal reading and answers itself; the given one if none is known. */
    default int like(int codePoint) {
        return codePoint;
    }

    /** The last character up to which all from a given one on lead to equal readings. */
    int sameUntil(int codePoint);

    /** The last character up to which all from a given one on lead to readings with the same prospects. */
    int alikeUntil(int codePoint);
}
