// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.error;

/**
 * A place in a source: a text position, a JSON pointer, or both.
 *
 * @param source the name of the text, such as a file name; empty if it has none
 * @param line the line, counted from 1; 0 when unknown
 * @param column the column in code points, counted from 1; 0 when unknown
 * @param pointer the JSON pointer as a URI fragment ({@code #/properties/age}); empty when there is none
 * @param excerpt the source line with a caret below the column, at most 200 characters; empty when unknown
 */
public record Place(String source, int line, int column, String pointer, String excerpt) {

    /** The value for an unknown place. */
    public static final Place UNKNOWN = new Place("", 0, 0, "", "");

    private static final int EXCERPT = 80;

    /** The place of a JSON pointer ({@code #/properties/age}). */
    public static Place pointer(String pointer) {
        return new Place("", 0, 0, pointer, "");
    }

    /**
     * The place of a character in a text, with an excerpt. Cost: linear in the text.
     *
     * @param source the name of the text; may be empty
     * @param text the whole text
     * @param offset the index of a {@code char} in it; clipped to the text
     */
    public static Place in(String source, String text, int offset) {
        int at = Math.max(0, Math.min(offset, text.length()));
        int line = 1;
        int start = 0;
        for (int i = 0; i < at; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                start = i + 1;
            }
        }
        int end = text.indexOf('\n', at);
        end = end < 0 ? text.length() : end;
        int column = text.codePointCount(start, at) + 1;
        int from = Math.max(start, at - EXCERPT);
        int to = Math.min(end, at + EXCERPT);
        String shown = text.substring(from, to).replaceAll("[\\p{Cntrl}\\p{Cs}]", " ");
        String caret = " ".repeat(text.codePointCount(from, at)) + "^";
        return new Place(source, line, column, "", shown + "\n" + caret);
    }

    /** This place with a JSON pointer. */
    public Place withPointer(String newPointer) {
        return new Place(source, line, column, newPointer, excerpt);
    }

    /** The known parts of {@code name:3:14 at #/properties/age}; empty if nothing is known. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(source);
        if (line > 0) {
            text.append(text.isEmpty() ? "line " : ":").append(line);
            text.append(source.isEmpty() ? ", column " : ":").append(column);
        }
        if (!pointer.isEmpty()) {
            text.append(text.isEmpty() ? "" : " at ").append(pointer);
        }
        return text.toString();
    }

    /** The message of an error at this place: place, message, and the excerpt on lines of its own. */
    String describe(String message) {
        String where = toString();
        String head = where.isEmpty() ? message : where + ": " + message;
        return excerpt.isEmpty() ? head : head + "\n" + excerpt;
    }
}
