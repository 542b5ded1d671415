// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.state;

/**
 * What a state within a JSON string (RFC 8259, section 7) knows of text that goes on, so that most of a vocabulary need not be walked. Each
 * promise is its own; by default nothing is promised. "Plain text" is well-formed UTF-8 (its last character may be cut off) without
 * {@code "}, {@code \} and the code points below U+0020. Implementations are thread-safe.
 */
public interface TextView {

    /**
     * How long plain text stays live.
     *
     * @return {@link Integer#MAX_VALUE}: all plain text stays live (the frame may also be able to end along the way); a
     *     smaller n ≥ 0: plain text stays live exactly as long as it has at most n code points, any longer plain text is
     *     dead, the frame cannot end along the way, and where there is one result in the goal, no such text leads further
     *     from it than a cut character still needs; -1: nothing is promised
     */
    default int plainTextBound() {
        return -1;
    }

    /** A set of characters of which all texts up to some length stay live. */
    default SteadyText steadyText() {
        return SteadyText.NONE;
    }

    /**
     * Offers where whole characters lead, if the state knows: all but {@code "}, {@code \} and those below U+0020, spelled in UTF-8.
     * What is in no range is dead.
     *
     * @return whether it knows; false with nothing offered by default
     */
    default boolean characters(Characters characters) {
        return false;
    }

    /**
     * Any text of some characters, the last one possibly cut off, stays live: the frame cannot end on the way, and where a character is whole
     * the state promises as much again, less that character.
     *
     * @param characters bytes below 128 stand for themselves; all others are in it or none, and stand for every character beyond ASCII
     * @param most how long the text may be; {@link Integer#MAX_VALUE} for any length
     */
    record SteadyText(ByteSet characters, int most) {

        /** Nothing is promised. */
        public static final SteadyText NONE = new SteadyText(ByteSet.NONE, 0);
    }

    /** Receives where characters lead. */
    interface Characters {

        /** All characters from one to another lead to a state. Ranges come in ascending order; those that are not asked for may be in them. */
        void lead(int first, int last, State next);
    }
}
