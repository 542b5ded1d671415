// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.error;

/** Logits that cannot be sampled from: not a number on an allowed token, too few, or none finite. */
public final class InvalidLogitsException extends EspalierException {

    /** A failure with a message that says what was expected and what to do. */
    public InvalidLogitsException(String message) {
        super("logits", message);
    }

    /** A failure with the exception that caused it. */
    public InvalidLogitsException(String message, Throwable cause) {
        super("logits", message, cause);
    }
}
