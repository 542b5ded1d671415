// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.error;

/**
 * A name or reference leads nowhere, or no reference leads to something that was supplied. Examples: an undefined rule, an unresolvable {@code
 * $ref}.
 */
public final class ReferenceException extends EspalierException {

    private final transient Place place;

    /**
     * A failure at a place.
     *
     * @param message what was expected and what to do, without the place
     * @param place where
     */
    public ReferenceException(String message, Place place) {
        super("reference", place.describe(message));
        this.place = place;
    }

    /** Where in the source; {@link Place#UNKNOWN} when it has no place there. */
    public Place place() {
        return place;
    }
}
