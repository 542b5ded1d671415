package dev.espalier.schemas.json;

import dev.espalier.schemas.options.WhiteSpace;

/**
 * The white space at one depth of nesting.
 *
 * @param space the policy
 * @param depth how many containers are open; 0 for all depths where the policy has no lines
 */
public record Layout(WhiteSpace space, int depth) {

    /** Where lines are indented no further. */
    private static final int MAX_DEPTH = 32;

    /** The layout inside a container. */
    public Layout inside() {
        return isPretty() && depth < MAX_DEPTH ? new Layout(space, depth + 1) : this;
    }

    /** Whether there is just one way to write, in lines. */
    public boolean isPretty() {
        return space.isPretty();
    }

    /** The bytes of a new line with its indentation, so many levels deeper than this; 0 where there are no lines. */
    public int line(int deeper) {
        return isPretty() ? 1 + space.indentation() * (depth + deeper) : 0;
    }

    /** The bytes between a colon and a value that must be there. */
    public int gap() {
        return isPretty() ? 1 : 0;
    }

    /** Whether what comes where no new line has begun may come now. */
    public boolean isFresh(int blanks) {
        return !isPretty() || blanks == 0;
    }

    /** Whether what needs a new line, of so many bytes, may come now. */
    public boolean isFull(int blanks, int line) {
        return !isPretty() || blanks == line;
    }

    /** The bytes of a new line that are still to be read. */
    public int left(int blanks, int line) {
        return isPretty() ? line - blanks : 0;
    }

    /** The white space read with one more blank, as far as it matters; {@link Blanks#NONE} if it must not come. */
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
