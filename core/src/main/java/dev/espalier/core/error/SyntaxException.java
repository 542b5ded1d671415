// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.error;

/** A text breaks the rules of its language: a malformed grammar, pattern, schema or JSON document. */
public final class SyntaxException extends EspalierException {

    private final transient Place place;

    /**
     * A failure at a place.
     *
     * @param message what was expected and what to do, without the place
     * @param place where
     */
    public SyntaxException(String message, Place place) {
        super("syntax", place.describe(message));
        this.place = place;
    }

    /** Where in the source; {@link Place#UNKNOWN} when it has no place there. */
    public Place place() {
        return place;
    }
}
