// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.error;

/** A compilation, a mask or a canvas was cancelled from outside, or its thread was interrupted. */
public final class CancelledException extends EspalierException {

    /** A failure with a message that says what was expected and what to do. */
    public CancelledException(String message) {
        super("cancelled", message);
    }

    /** A failure with the exception that caused it. */
    public CancelledException(String message, Throwable cause) {
        super("cancelled", message, cause);
    }
}
