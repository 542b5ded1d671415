// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.options;

import dev.espalier.core.error.InvalidInputException;

/**
 * The white space that may stand between the tokens of JSON text. There is none before or behind the whole text, so that a text that is generated ends with its value, unless it is {@link #around}.
 *
 * @param max the longest run of white space in one gap, in bytes; 0 for none; {@link #UNBOUNDED} for any
 * @param indentation the spaces per level of {@link #pretty} text; {@link #NO_LINES} for text that is not laid out in lines
 * @param isAround whether the whole text may begin and end with white space, too, if any is allowed: for checking texts that others wrote
 */
public record WhiteSpace(int max, int indentation, boolean isAround) {

    /** The value of {@code max} that means "no bound". */
    public static final int UNBOUNDED = Integer.MAX_VALUE;

    /** The value of {@code indentation} that means "no lines". */
    public static final int NO_LINES = -1;

    /** None at all: compact text. */
    public static final WhiteSpace COMPACT = new WhiteSpace(0);

    /** Runs of at most 20 bytes: any layout, but a generator cannot write blanks for ever. */
    public static final WhiteSpace FLEXIBLE = new WhiteSpace(20);

    /** Any amount. For checking texts, which may have it {@link #around} them, too: a generator may write blanks for ever. */
    public static final WhiteSpace ANY = new WhiteSpace(UNBOUNDED);

    private static final int MAX_INDENTATION = 16;

    /** Checks the bounds. */
    public WhiteSpace {
        if (max < 0) {
            throw new InvalidInputException("a run of white space cannot be below 0 bytes");
        }
        if (indentation != NO_LINES && max > 0) {
            throw new InvalidInputException("lines have no white space but their own");
        }
        indentation = indentation == NO_LINES ? NO_LINES : checked(indentation);
    }

    private static int checked(int indentation) {
        if (indentation < 0 || indentation > MAX_INDENTATION) {
            throw new InvalidInputException(
                    "lines are indented by 0 to " + MAX_INDENTATION + " spaces a level, not by " + indentation);
        }
        return indentation;
    }

    /** Runs of at most so many bytes, wherever JSON allows white space inside the text. */
    public WhiteSpace(int max) {
        this(max, NO_LINES, false);
    }

    /** The same, before and behind the whole text, too: for checking texts, which often end in a new line. */
    public WhiteSpace around() {
        return new WhiteSpace(max, indentation, true);
    }

    /**
     * Text in lines, with one layout: every member and item on a line of its own, indented by so many spaces per level, one space after a colon,
     * nothing in {@code {}} and {@code []}, nothing around the whole. Most of it is forced text, which costs a model nothing. Values deeper than
     * 32 levels are indented no further.
     *
     * @param indentation 0 to 16
     */
    public static WhiteSpace pretty(int indentation) {
        return new WhiteSpace(0, checked(indentation), false);
    }

    /** Whether text is laid out in lines. */
    public boolean isPretty() {
        return indentation != NO_LINES;
    }
}
