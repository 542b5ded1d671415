// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.error;

/** A construct that is understood but cannot be enforced exactly, and is therefore refused by name and place. */
public final class UnsupportedFeatureException extends EspalierException {

    private final String feature;
    private final transient Place place;

    /**
     * A refused construct.
     *
     * @param feature the construct's name: a keyword, a regular-expression operator, a grammar node
     * @param message why it cannot be enforced and what to do, without the place
     * @param place where
     */
    public UnsupportedFeatureException(String feature, String message, Place place) {
        super("unsupported", place.describe(message));
        this.feature = feature;
        this.place = place;
    }

    /** The construct's name. */
    public String feature() {
        return feature;
    }

    /** Where in the source. */
    public Place place() {
        return place;
    }
}
