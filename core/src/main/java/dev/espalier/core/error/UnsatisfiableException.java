// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.error;

/** No text satisfies the constraint: a grammar without a sentence, a schema without a value. */
public final class UnsatisfiableException extends EspalierException {

    private final transient Place place;

    /**
     * A failure at a place.
     *
     * @param message what was expected and what to do, without the place
     * @param place where
     */
    public UnsatisfiableException(String message, Place place) {
        super("unsatisfiable", place.describe(message));
        this.place = place;
    }

    /** Where in the source; {@link Place#UNKNOWN} when it has no place there. */
    public Place place() {
        return place;
    }
}
