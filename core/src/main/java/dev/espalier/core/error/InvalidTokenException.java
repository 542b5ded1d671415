// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.error;

/** A token that is not allowed at this point, or an id that no token has, was given. The state is unchanged. */
public final class InvalidTokenException extends EspalierException {

    /** A failure with a message that says what was expected and what to do. */
    public InvalidTokenException(String message) {
        super("token", message);
    }

    /** A failure with the exception that caused it. */
    public InvalidTokenException(String message, Throwable cause) {
        super("token", message, cause);
    }
}
