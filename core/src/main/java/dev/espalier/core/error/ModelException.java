// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.error;

/** A model could not be loaded or failed while running. */
public final class ModelException extends EspalierException {

    /** A failure with a message that says what was expected and what to do. */
    public ModelException(String message) {
        super("model", message);
    }

    /** A failure with the exception that caused it. */
    public ModelException(String message, Throwable cause) {
        super("model", message, cause);
    }
}
