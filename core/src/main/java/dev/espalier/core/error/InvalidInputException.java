// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.error;

/** An argument is not usable: an empty vocabulary, an unreadable file, an end token that does not exist. */
public final class InvalidInputException extends EspalierException {

    /** A failure with a message that says what was expected and what to do. */
    public InvalidInputException(String message) {
        super("input", message);
    }

    /** A failure with the exception that caused it. */
    public InvalidInputException(String message, Throwable cause) {
        super("input", message, cause);
    }
}
