// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.syntax;

import dev.espalier.core.error.Place;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.core.error.UnsupportedFeatureException;

/**
 * The text of a template. Its lines end with line feeds, and one at the very end does not count.
 *
 * @param name what errors call it
 * @param text its characters
 */
public record Source(String name, String text) {

    /** A source of a text as it was written. */
    public static Source of(String name, String written) {
        String text = written.replace("\r\n", "\n").replace('\r', '\n');
        return new Source(name, text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
    }

    /** A place in it. */
    public Place place(int offset) {
        return Place.in(name, text, offset);
    }

    SyntaxException error(String message, int offset) {
        return new SyntaxException(message, place(offset));
    }

    UnsupportedFeatureException unsupported(String feature, String message, int offset) {
        return new UnsupportedFeatureException(feature, message, place(offset));
    }
}
