// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.error;

/** A chat template failed while it was rendered: it raised an error of its own, or used a value in a way that the value does not allow. */
public final class TemplateException extends EspalierException {

    /** Why a template failed. */
    public enum Reason {
        /** The template called {@code raise_exception}: it refuses this conversation. */
        RAISED,
        /** A variable or attribute that is not defined was used for more than printing it. */
        UNDEFINED,
        /** A value has the wrong type for an operator, a filter or a function. */
        TYPE,
        /** A value has the right type but is not usable: division by zero, a malformed number. */
        VALUE,
        /** The template tried to change one of its inputs, or to see the inside of a value. */
        FORBIDDEN
    }

    private final Reason reason;
    private final transient Place place;

    /**
     * A failure at a place.
     *
     * @param reason why it failed
     * @param message what happened, without the place
     * @param place where in the template
     */
    public TemplateException(Reason reason, String message, Place place) {
        super("template", place.describe(message));
        this.reason = reason;
        this.place = place;
    }

    /** Why it failed. */
    public Reason reason() {
        return reason;
    }

    /** Where in the template. */
    public Place place() {
        return place;
    }
}
