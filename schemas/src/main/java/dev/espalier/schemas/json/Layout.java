// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.json;

import dev.espalier.schemas.options.WhiteSpace;

/**
 * The white space at one depth of nesting.
 *
 * @param space the white space that is allowed
 * @param depth the number of open containers; 0 at all depths if text is not laid out in lines
 */
public record Layout(WhiteSpace space, int depth) {

    /** The depth from which lines are indented no further. */
    private static final int MAX_DEPTH = 32;

    /** The layout inside a container. */
    public Layout inside() {
        return isPretty() && depth < MAX_DEPTH ? new Layout(space, depth + 1) : this;
    }

    /** Whether text is laid out in lines. */
    public boolean isPretty() {
        return space.isPretty();
    }

    /** The bytes of a new line with its indentation, some levels deeper than this layout; 0 without lines. */
    public int line(int deeper) {
        return isPretty() ? 1 + space.indentation() * (depth + deeper) : 0;
    }

    /** The bytes of white space that must stand between a colon and the value. */
    public int gap() {
        return isPretty() ? 1 : 0;
    }

    /** Whether a symbol that must not stand on a new line may come after the white space read. */
    public boolean isFresh(int blanks) {
        return !isPretty() || blanks == 0;
    }

    /** Whether a symbol that needs a new line, of so many bytes, may come after the white space read. */
    public boolean isFull(int blanks, int line) {
        return !isPretty() || blanks == line;
    }

    /** The bytes of a new line that are still to be read. */
    public int left(int blanks, int line) {
        return isPretty() ? line - blanks : 0;
    }

    /** The length of the white space with one more blank, as {@link Blanks#more} counts it; {@link Blanks#NONE} if the blank is not allowed. */
    public int more(int blanks, int line, int symbol) {
        if (!isPretty()) {
            return Blanks.more(blanks, space);
        }
        boolean right = blanks < line && symbol == (blanks == 0 ? '\n' : ' ');
        return right ? blanks + 1 : Blanks.NONE;
    }

    /** As {@link #more}, after a colon. */
    public int moreInGap(int blanks, boolean colon, int symbol) {
        if (!isPretty()) {
            return Blanks.more(blanks, space);
        }
        return colon && blanks == 0 && symbol == ' ' ? 1 : Blanks.NONE;
    }
}
